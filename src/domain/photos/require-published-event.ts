import type { Context } from '#context.ts';
import { eventNotFound, findEvent } from '../events/require-own-event.ts';

/** Throws not-found for an event that is not published, as for none. */
export async function requirePublishedEvent(
  ctx: Context,
  input: { eventId: string },
): Promise<{ id: string }> {
  const event = await findEvent(ctx, input.eventId);
  if (event?.status !== 'published') throw eventNotFound();
  return { id: event.id };
}
