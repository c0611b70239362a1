import { eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { lockEvent } from '#domain/events/lock-event.ts';
import { importPassages } from '#domain/timing/import-passages.ts';
import { importStartList } from '#domain/timing/import-start-list.ts';
import type { ColumnMapping } from '#domain/timing/start-list.ts';
import { DomainError } from '#platform/errors.ts';
import { profileOf, requireWaiting } from './preview-fetched.ts';
import { requireOwnConnection } from './require-own-connection.ts';
import { fetchedFiles } from './tables.ts';

interface AcceptInput {
  connectionId: string;
  /** Of what the person looked at. */
  sha256: string;
  mapping?: ColumnMapping | undefined;
  removeMissing?: boolean;
}

interface Accepted {
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
  skipped: number;
}

/** Brings in what waits, exactly as it was looked at: throws conflict when something else was fetched meanwhile. */
export async function acceptFetched(ctx: Context, input: AcceptInput): Promise<Accepted> {
  const { connection, event } = await requireOwnConnection(ctx, input);
  return inTransaction(ctx, async (tx) => {
    await lockEvent(tx, event.id);
    const file = await requireWaiting(tx, connection.id);
    if (file.sha256 !== input.sha256) {
      throw new DomainError('conflict', { public: { key: 'connections.fetchedAnew' } });
    }
    await tx.db.delete(fetchedFiles).where(eq(fetchedFiles.connectionId, connection.id));
    const { mapping, removeMissing = false } = input;
    const given = { eventId: event.id, bytes: Buffer.from(file.bytes), removeMissing };
    if (connection.kind === 'passages') {
      const { refused, ...counts } = await importPassages(tx, given);
      return { ...counts, skipped: refused };
    }
    const profile = profileOf(connection.kind);
    const { errors, ...counts } = await importStartList(tx, { ...given, mapping, profile });
    return { ...counts, skipped: errors.length };
  });
}
