import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { transfers } from './tables.ts';
import { canMove, type TransferRow } from './transfer.ts';

/** From the state that the row was read in, or not at all. */
export async function moveTransfer(
  tx: Context,
  row: TransferRow,
  change: Partial<TransferRow>,
): Promise<void> {
  if (change.state && !canMove(row.state, change.state)) {
    throw new Error(`no way from ${row.state} to ${change.state}`);
  }
  await tx.db
    .update(transfers)
    .set({ ...change, updatedAt: tx.clock.now() })
    .where(and(eq(transfers.id, row.id), eq(transfers.state, row.state)));
}
