import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { describePhotos } from './describe-photos.ts';
import type { TriagePhoto } from './triage-photo.ts';

const MOST_PHOTOS = 100;

/** These photos of an own event as triage shows them, whether they wait or not. */
export async function listTriagePhotos(
  ctx: Context,
  input: { eventId: string; photoIds: readonly string[] },
): Promise<TriagePhoto[]> {
  const event = await requireOwnEvent(ctx, input);
  return describePhotos(ctx, event, input.photoIds.slice(0, MOST_PHOTOS));
}
