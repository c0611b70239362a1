import { asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import type { Connection } from './connection.ts';
import { connections, fetchedFiles } from './tables.ts';

/** The connections of an own event, oldest first, without what they keep secret. */
export async function listConnections(ctx: Context, input: { eventId: string }): Promise<Connection[]> {
  const event = await requireOwnEvent(ctx, input);
  const { added, changed, missing, fetchedAt, sha256 } = fetchedFiles;
  const rows = await ctx.db
    .select({
      id: connections.id,
      kind: connections.kind,
      shown: connections.shown,
      secretEnd: connections.secretEnd,
      isScheduled: connections.isScheduled,
      lastFetchedAt: connections.lastFetchedAt,
      lastFailure: connections.lastFailure,
      waiting: { added, changed, missing, fetchedAt, sha256 },
    })
    .from(connections)
    .leftJoin(fetchedFiles, eq(fetchedFiles.connectionId, connections.id))
    .where(eq(connections.eventId, event.id))
    .orderBy(asc(connections.createdAt));
  return rows;
}
