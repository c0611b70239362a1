import type { Context } from '#context.ts';
import { mayVisit } from './closed-event.ts';
import type { EventRow } from './event.ts';
import { eventNotFound, findEvent, requireOwnEvent } from './require-own-event.ts';

/** The event's row: for anyone who may visit it once it is published, before that for its own organisation and the system.
 *  Throws not-found otherwise. */
export async function requireReadableEvent(ctx: Context, input: { eventId: string }): Promise<EventRow> {
  const event = await findEvent(ctx, input.eventId);
  if (event && mayVisit(ctx, event)) return event;
  if (ctx.actor.kind === 'anonymous' || (ctx.actor.kind === 'account' && ctx.actor.organisationId === null)) {
    throw eventNotFound();
  }
  return requireOwnEvent(ctx, input);
}
