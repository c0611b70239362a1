import { type Context, inTransaction } from '#context.ts';
import { announcePhotoState } from '#domain/photos/announce-photo-state.ts';
import { askPhotoRereading } from '#domain/photos/ask-rereading.ts';
import { getOwnPhoto } from '#domain/photos/get-own-photo.ts';
import { movePhoto } from '#domain/photos/move-photo.ts';

/** Has one photo read again: a failed one from the start, a ready one in place. Costs nothing and gives nothing back. */
export async function reprocessPhoto(
  ctx: Context,
  input: { photoId: string },
): Promise<'queued' | 'already-under-way'> {
  const photo = await getOwnPhoto(ctx, input);
  const { id: photoId, eventId } = photo;
  if (photo.state === 'received' || photo.state === 'prepared') return 'already-under-way';
  const options = { shareKey: eventId, singletonKey: photoId };
  if (photo.state === 'ready') {
    await inTransaction(ctx, async (tx) => {
      await askPhotoRereading(tx, { photoId });
      await tx.queue.enqueue(tx.db, 'recognise-photo', { photoId }, options);
    });
    return 'queued';
  }
  const moved = await inTransaction(ctx, async (tx) => {
    const set = { failureReason: null };
    if (!(await movePhoto(tx, { photoId, from: 'failed', to: 'received', set }))) return false;
    await tx.queue.enqueue(tx.db, 'prepare-photo', { photoId }, options);
    return true;
  });
  if (!moved) return 'already-under-way';
  await announcePhotoState(ctx, { eventId, photoId, state: 'received' });
  return 'queued';
}
