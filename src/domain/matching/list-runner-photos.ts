import type { Context } from '#context.ts';
import { findVisiblePhotos } from '#domain/photos/find-visible-photos.ts';
import type { GalleryPhoto } from '#domain/photos/photo.ts';
import { listAttributedPhotoIds } from './find-attributed-photos.ts';

/** The published photos of a bib in a published event, in the order they were taken. Empty for every other event. */
export async function listRunnerPhotos(
  ctx: Context,
  input: { eventId: string; bib: string },
): Promise<{ photos: GalleryPhoto[] }> {
  const photoIds = await listAttributedPhotoIds(ctx, { eventId: input.eventId, bibs: [input.bib] });
  return { photos: await findVisiblePhotos(ctx, { eventId: input.eventId, photoIds }) };
}
