import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import type { EventRow } from '#domain/events/event.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { DomainError, isDomainError } from '#platform/errors.ts';
import type { ConnectionRow } from './connection.ts';
import { connections } from './tables.ts';

/** A connection of an own event. Throws not-found for anyone else's as for none. */
export async function requireOwnConnection(
  ctx: Context,
  input: { connectionId: string },
): Promise<{ connection: ConnectionRow; event: EventRow }> {
  const isId = z.uuid().safeParse(input.connectionId).success;
  const [connection] = isId
    ? await ctx.db.select().from(connections).where(eq(connections.id, input.connectionId))
    : [];
  const absent = new DomainError('not-found', { public: { key: 'connections.notFound' } });
  const event = await requireOwnEvent(ctx, { eventId: connection?.eventId ?? '' }).catch((error: unknown) => {
    throw isDomainError(error) && error.code === 'not-found' ? absent : error;
  });
  if (!connection) throw absent;
  return { connection, event };
}

/** An own event that still takes lists. */
export async function requireLiveEvent(ctx: Context, eventId: string): Promise<EventRow> {
  const event = await requireOwnEvent(ctx, { eventId });
  requireLive(event);
  return event;
}

/** Throws conflict for an archived event. */
export function requireLive({ status }: Pick<EventRow, 'status'>): void {
  if (status === 'archived') throw new DomainError('conflict', { public: { key: 'events.archived' } });
}
