import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { limitAttempts } from '#domain/accounts/limit-attempts.ts';
import { isDomainError, type PublicMessage } from '#platform/errors.ts';
import type { ConnectionRow } from './connection.ts';
import { fetchFromSource } from './connection-secrets.ts';
import { wordRefusal } from './connector.ts';
import { type FetchedPreview, previewBytes } from './preview-fetched.ts';
import { requireLive, requireOwnConnection } from './require-own-connection.ts';
import { connections, fetchedFiles } from './tables.ts';

/** For one organisation, whatever it connects: somebody who holds buttons down does not make this server hammer another one. */
const FETCHES = { max: 20, windowSeconds: 600 };

export type FetchOutcome =
  /** What was brought waits to be accepted, by `sha256`. */
  | { state: 'fetched'; sha256: string; leftOut: number; preview: FetchedPreview }
  | { state: 'same'; leftOut: number; preview: FetchedPreview };

/** Fetches what the source has now and keeps it until somebody accepts it; the lists of the event stay as they are. A failure
 *  is kept with the connection, in words, and thrown. */
export async function fetchConnection(ctx: Context, input: { connectionId: string }): Promise<FetchOutcome> {
  const { connection, event } = await requireOwnConnection(ctx, input);
  requireLive(event);
  if (ctx.actor.kind !== 'system')
    await limitAttempts(ctx, { key: `fetch/organisation/${event.organisationId}`, ...FETCHES });
  try {
    const { bytes, leftOut } = await fetchFromSource(ctx, connection);
    const preview = await previewBytes(ctx, connection, bytes);
    return { ...(await keep(ctx, connection, bytes, preview)), leftOut };
  } catch (thrown) {
    const error = wordRefusal(thrown);
    if (isDomainError(error)) await keepFailure(ctx, connection, error.public);
    throw error;
  }
}

async function keep(ctx: Context, connection: ConnectionRow, bytes: Buffer, preview: FetchedPreview) {
  const { added, changed, missing } = preview.preview;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  // Without a column of bibs nothing can be told to be the same: a person must look.
  const isSame = added + changed + missing === 0 && preview.isReadable;
  const fetchedAt = ctx.clock.now();
  await inTransaction(ctx, async (tx) => {
    await tx.db
      .update(connections)
      .set({ lastFetchedAt: fetchedAt, lastFailure: null })
      .where(eq(connections.id, connection.id));
    await tx.db.delete(fetchedFiles).where(eq(fetchedFiles.connectionId, connection.id));
    if (isSame) return;
    const counts = { added, changed, missing };
    await tx.db
      .insert(fetchedFiles)
      .values({ connectionId: connection.id, bytes, sha256, fetchedAt, ...counts })
      .onConflictDoUpdate({
        target: fetchedFiles.connectionId,
        set: { bytes, sha256, fetchedAt, ...counts },
      });
  });
  return isSame ? { state: 'same' as const, preview } : { state: 'fetched' as const, sha256, preview };
}

async function keepFailure(ctx: Context, { id }: ConnectionRow, lastFailure: PublicMessage): Promise<void> {
  await ctx.db
    .update(connections)
    .set({ lastFetchedAt: ctx.clock.now(), lastFailure })
    .where(eq(connections.id, id));
}
