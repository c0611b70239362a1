import type { Context } from '#context.ts';
import type { EventRow } from './event.ts';
import { eventNotFound, findEvent, requireOwnEvent } from './require-own-event.ts';

/** The event's row: for anyone once it is published, before that for its own organisation and the system.
 *  Throws not-found otherwise. */
export async function requireReadableEvent(ctx: Context, input: { eventId: string }): Promise<EventRow> {
  const event = await findEvent(ctx, input.eventId);
  if (event?.status === 'published') return event;
  if (ctx.actor.kind === 'anonymous' || (ctx.actor.kind === 'account' && ctx.actor.organisationId === null)) {
    throw eventNotFound();
  }
  return requireOwnEvent(ctx, input);
}
