import type { Context } from '#context.ts';
import type { ProcessedPhoto } from '#domain/photos/find-photo-for-processing.ts';
import { isDomainError } from '#platform/errors.ts';

/** What a photo's job needs and this machine does not have in its hands. */
export type Provider = 'storage' | 'recognition';

const RETRY_SECONDS = 30;

/** True when it is the provider that does not answer, throttles or is full, and not the photo that is at fault. */
export function isAway(error: unknown): boolean {
  return isDomainError(error) && error.code === 'unavailable';
}

/**
 * Queues the job for later. The attempts are for photos that break the engine: a provider that is away for an hour must not fail any photo.
 * The key names the half minute: other than that of the job that asks, and the same for all that ask about this photo now.
 */
export async function waitForProvider(
  ctx: Context,
  provider: Provider,
  job: 'prepare-photo' | 'recognise-photo',
  photo: Pick<ProcessedPhoto, 'id' | 'eventId'>,
): Promise<void> {
  ctx.log.warn({ photoId: photo.id, provider }, 'a provider does not answer, the photo waits');
  const turn = Math.floor(ctx.clock.now().getTime() / (RETRY_SECONDS * 1000));
  const pausedSeconds = provider === 'recognition' ? (ctx.recognition?.pausedSeconds() ?? 0) : 0;
  const options = {
    shareKey: photo.eventId,
    runAfterSeconds: Math.max(RETRY_SECONDS, pausedSeconds),
    background: job === 'recognise-photo',
    singletonKey: `${photo.id}/${provider}/${turn}`,
  };
  await ctx.queue.enqueue(ctx.db, job, { photoId: photo.id }, options);
}
