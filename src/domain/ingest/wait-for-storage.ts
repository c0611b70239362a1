import type { Context } from '#context.ts';
import type { ProcessedPhoto } from '#domain/photos/find-photo-for-processing.ts';
import { isDomainError } from '#platform/errors.ts';

const RETRY_SECONDS = 30;

/** True when it is the storage that does not answer or is full, and not the photo that is at fault. */
export function isStorageAway(error: unknown): boolean {
  return isDomainError(error) && error.code === 'unavailable';
}

/**
 * Queues the job for later. The attempts are for photos that break the engine: a storage that is away for an hour must not fail any photo.
 * The key names the half minute: other than that of the job that asks, and the same for all that ask about this photo now.
 */
export async function waitForStorage(
  ctx: Context,
  job: 'prepare-photo' | 'recognise-photo',
  photo: Pick<ProcessedPhoto, 'id' | 'eventId'>,
): Promise<void> {
  ctx.log.warn({ photoId: photo.id }, 'the storage does not answer, the photo waits');
  const turn = Math.floor(ctx.clock.now().getTime() / (RETRY_SECONDS * 1000));
  const options = {
    shareKey: photo.eventId,
    runAfterSeconds: RETRY_SECONDS,
    background: job === 'recognise-photo',
    singletonKey: `${photo.id}/storage/${turn}`,
  };
  await ctx.queue.enqueue(ctx.db, job, { photoId: photo.id }, options);
}
