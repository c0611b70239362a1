import { type Context, inTransaction } from '#context.ts';
import { refundCredits } from '#domain/credits/refund-credits.ts';
import { announcePhotoState } from '#domain/photos/announce-photo-state.ts';
import { findPhotoForProcessing } from '#domain/photos/find-photo-for-processing.ts';
import { movePhoto } from '#domain/photos/move-photo.ts';
import type { PhotoFailureReason } from '#vision/findings.ts';

/** A key of messages `photos.failure`. */
export type FailureReason = PhotoFailureReason | 'recogniser-refused' | 'processing-failed';

/** Ends a photo that cannot be read, and gives its credit back. A photo that is ready or failed stays as it is. */
export async function failPhoto(
  ctx: Context,
  input: { photoId: string; reason: FailureReason },
): Promise<void> {
  const photo = await findPhotoForProcessing(ctx, input);
  if (!photo || photo.state === 'ready' || photo.state === 'failed') return;
  const from = photo.state;
  const failed = await inTransaction(ctx, async (tx) => {
    const set = { failureReason: input.reason };
    if (!(await movePhoto(tx, { photoId: photo.id, from, to: 'failed', set }))) return false;
    await refundCredits(tx, { photoId: photo.id, reason: 'failed' });
    return true;
  });
  if (!failed) return;
  ctx.log.warn({ photoId: photo.id, reason: input.reason }, 'a photo could not be read');
  await announcePhotoState(ctx, {
    eventId: photo.eventId,
    photoId: photo.id,
    state: 'failed',
    failureReason: input.reason,
  });
}

const ENGINE_FAULT = /^(crashed|timed-out|out-of-memory):/;

/** What the last error of a dead job says of the photo. */
export function reasonOfDeadJob(message: string): FailureReason {
  const [, reason] = ENGINE_FAULT.exec(message) ?? [];
  return reason === 'crashed' || reason === 'timed-out' || reason === 'out-of-memory'
    ? reason
    : 'processing-failed';
}
