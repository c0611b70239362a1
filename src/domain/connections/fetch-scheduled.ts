import { and, eq, lt, ne, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { users } from '#domain/accounts/tables.ts';
import { events, races } from '#domain/events/tables.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { isDomainError } from '#platform/errors.ts';
import { SCHEDULE_HOURS } from './connection.ts';
import { fetchConnection } from './fetch-connection.ts';
import { postFetchedMail } from './fetched-email.ts';
import { requireOwnConnection } from './require-own-connection.ts';
import { connections, fetchedFiles } from './tables.ts';

const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Queues a fetch of each scheduled connection whose event is not over, and drops what nobody accepted in a month. Gives how
 *  many were queued. */
export async function queueScheduled(ctx: Context): Promise<number> {
  requireSystem(ctx);
  const now = ctx.clock.now();
  await ctx.db
    .delete(fetchedFiles)
    .where(lt(fetchedFiles.fetchedAt, new Date(now.getTime() - KEPT_DAYS * DAY_MS)));
  const since = new Date(now.getTime() - SCHEDULE_HOURS * 3_600_000).toISOString();
  const lastStart = sql`greatest(${events.startsAt}, (select max(${races.startsAt}) from ${races}
    where ${races.eventId} = ${events.id}))`;
  const due = await ctx.db
    .select({ connectionId: connections.id, eventId: connections.eventId })
    .from(connections)
    .innerJoin(events, eq(events.id, connections.eventId))
    .where(
      and(
        eq(connections.isScheduled, true),
        ne(events.status, 'archived'),
        sql`${lastStart} > ${since}::timestamptz`,
      ),
    );
  for (const { connectionId, eventId } of due) {
    const options = { singletonKey: connectionId, shareKey: eventId };
    await ctx.queue.enqueue(ctx.db, 'fetch-connection', { connectionId }, options);
  }
  return due.length;
}

/** One fetch by the clock. What it brings waits to be accepted; who made the connection is told by mail when something waits that
 *  did not before. A failure stands on the page and is no failure of the job: the next quarter tries again. */
export async function fetchScheduled(ctx: Context, input: { connectionId: string }): Promise<void> {
  requireSystem(ctx);
  const [waited] = await ctx.db
    .select({ sha256: fetchedFiles.sha256 })
    .from(fetchedFiles)
    .where(eq(fetchedFiles.connectionId, input.connectionId));
  try {
    const outcome = await fetchConnection(ctx, input);
    if (outcome.state === 'fetched' && !waited) await tell(ctx, input.connectionId, outcome.sha256);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    ctx.log.info(
      { connectionId: input.connectionId, reason: error.public.key },
      'a connection brought nothing',
    );
  }
}

async function tell(ctx: Context, connectionId: string, sha256: string): Promise<void> {
  const { connection, event } = await requireOwnConnection(ctx, { connectionId });
  if (connection.createdBy === null) return;
  const [user] = await ctx.db
    .select({ email: users.email, locale: users.locale })
    .from(users)
    .where(eq(users.id, connection.createdBy));
  if (user) await inTransaction(ctx, (tx) => postFetchedMail(tx, { user, event, connection, sha256 }));
}
