import 'server-only';
import type { Context } from '#context.ts';
import type { EventDetails } from '#domain/events/get-own-event.ts';
import { getOwnPhoto } from '#domain/photos/get-own-photo.ts';
import { listOwnPhotos } from '#domain/photos/list-own-photos.ts';
import type { OwnPhoto } from '#domain/photos/photo.ts';
import type { CoverChoice } from './cover-field.client.tsx';

const MOST_CHOICES = 11;

/** The cover that is chosen, then the first wide photos of the event. */
export async function loadCovers(ctx: Context, event: EventDetails): Promise<CoverChoice[]> {
  const { photos } = await listOwnPhotos(ctx, { eventId: event.id, filter: 'all' });
  const chosen = event.coverPhotoId ? await getOwnPhoto(ctx, { photoId: event.coverPhotoId }) : null;
  const others = photos.filter((photo) => photo.id !== chosen?.id && isWide(photo));
  return [...(chosen ? [chosen] : []), ...others].flatMap(toChoice).slice(0, MOST_CHOICES);
}

function isWide(photo: OwnPhoto): boolean {
  return (photo.widthPx ?? 0) > (photo.heightPx ?? 0);
}

function toChoice(photo: OwnPhoto): CoverChoice[] {
  const { id, fileName, thumbnailUrl, widthPx, heightPx } = photo;
  if (photo.state !== 'ready' || !thumbnailUrl || !widthPx || !heightPx) return [];
  return [{ id, fileName, thumbnailUrl, widthPx, heightPx }];
}
