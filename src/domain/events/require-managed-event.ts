import type { Context } from '#context.ts';
import { requireManager } from '#domain/accounts/require-manager.ts';
import type { EventRow } from './event.ts';
import { requireOwnEvent } from './require-own-event.ts';

/**
 * The event's row, for the owner or a manager of its own organisation or the system: what it costs and whose the money is.
 * Throws 'forbidden' for another member, 'not-found' for anyone else's event as for none.
 */
export async function requireManagedEvent(ctx: Context, input: { eventId: string }): Promise<EventRow> {
  const event = await requireOwnEvent(ctx, input);
  if (ctx.actor.kind !== 'system') await requireManager(ctx);
  return event;
}
