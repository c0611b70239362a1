import { eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { requireLive, requireOwnConnection } from './require-own-connection.ts';
import { connections, fetchedFiles } from './tables.ts';

/** Forgets a connection with its key and with what it brought; what was accepted stays. */
export async function removeConnection(ctx: Context, input: { connectionId: string }): Promise<void> {
  const { connection, event } = await requireOwnConnection(ctx, input);
  requireLive(event);
  await inTransaction(ctx, async (tx) => {
    await tx.db.delete(connections).where(eq(connections.id, connection.id));
    await recordAudit(tx, {
      action: 'connections.remove',
      subjectKind: 'event',
      subjectId: event.id,
      details: { kind: connection.kind },
    });
  });
}

/** Leaves what waits: the next fetch brings it again when it still differs. */
export async function leaveFetched(ctx: Context, input: { connectionId: string }): Promise<void> {
  const { connection, event } = await requireOwnConnection(ctx, input);
  requireLive(event);
  await ctx.db.delete(fetchedFiles).where(eq(fetchedFiles.connectionId, connection.id));
}

/** Fetches every quarter of an hour from now on, or no more. */
export async function scheduleConnection(
  ctx: Context,
  input: { connectionId: string; isScheduled: boolean },
): Promise<void> {
  const { connection, event } = await requireOwnConnection(ctx, input);
  requireLive(event);
  await ctx.db
    .update(connections)
    .set({ isScheduled: input.isScheduled })
    .where(eq(connections.id, connection.id));
}
