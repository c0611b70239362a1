import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from '../events/tables.ts';
import { galleryColumns, isVisible, toGalleryPhoto } from './gallery-photo.ts';
import type { GalleryPhoto } from './photo.ts';
import { photos } from './tables.ts';

/** Those of the given photos that everyone may see, in the order they were taken. */
export async function findVisiblePhotos(
  ctx: Context,
  input: { eventId: string; photoIds: string[] },
): Promise<GalleryPhoto[]> {
  if (input.photoIds.length === 0) return [];
  const found = await ctx.db
    .select(galleryColumns)
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(inArray(photos.id, input.photoIds), eq(photos.eventId, input.eventId), isVisible(ctx)))
    .orderBy(asc(photos.sortAt), asc(photos.id));
  return found.map(toGalleryPhoto);
}
