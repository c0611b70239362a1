import type { Context } from '#context.ts';
import { listRunnerPhotos } from './list-runner-photos.ts';

/** What a pack of a runner's photos holds: the published ones. */
export async function listRunnerPhotoIds(
  ctx: Context,
  input: { eventId: string; bib: string },
): Promise<string[]> {
  const { photos } = await listRunnerPhotos(ctx, input);
  return photos.map((photo) => photo.id);
}
