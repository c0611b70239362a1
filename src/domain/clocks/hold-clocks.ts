import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';

/** Holds the clocks of these cameras until the transaction ends, known or not: what is read of them from here on stands.
 *  In one order, so that two who hold several wait for each other and never both. Before they are read. */
export async function holdClocks(
  tx: Context,
  input: { eventId: string; cameraKeys: readonly string[] },
): Promise<void> {
  for (const cameraKey of [...new Set(input.cameraKeys)].sort()) {
    const name = `clock/${input.eventId}/${cameraKey}`;
    await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
  }
}
