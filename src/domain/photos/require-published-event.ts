import type { Context } from '#context.ts';
import { mayVisit } from '../events/closed-event.ts';
import { eventNotFound, findEvent } from '../events/require-own-event.ts';

/** Throws not-found for an event that is not published or closed to this visitor, as for none. */
export async function requirePublishedEvent(
  ctx: Context,
  input: { eventId: string },
): Promise<{ id: string }> {
  const event = await findEvent(ctx, input.eventId);
  if (!event || !mayVisit(ctx, event)) throw eventNotFound();
  return { id: event.id };
}
