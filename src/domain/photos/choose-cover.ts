import { type Context, inTransaction } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { setEventCover } from '../events/set-event-cover.ts';
import { getOwnPhoto } from './get-own-photo.ts';

/** Makes a ready photo of an own event its cover; null leaves it to the first wide photo. Throws not-found for any other. */
export async function chooseCover(
  ctx: Context,
  input: { eventId: string; photoId: string | null },
): Promise<void> {
  if (input.photoId !== null) {
    const photo = await getOwnPhoto(ctx, { photoId: input.photoId });
    if (photo.eventId !== input.eventId || photo.state !== 'ready') {
      throw new DomainError('not-found', { public: { key: 'photos.notFound' } });
    }
  }
  await inTransaction(ctx, (tx) => setEventCover(tx, input));
}
