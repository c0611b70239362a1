import { and, eq, inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { moveTransfer } from './move-transfer.ts';
import type { OrderMoney } from './read-money-facts.ts';
import { sellerAccounts, transferReversals } from './tables.ts';
import { PATIENCE_MS, sourceOf, type TransferRow, type TransferStep } from './transfer.ts';

/** What was asked of the provider, perhaps before a crash, is finished before anything else is decided. */
export async function findUnderWay(
  tx: Context,
  { intentId }: OrderMoney,
  rows: TransferRow[],
): Promise<TransferStep | null> {
  const sending = rows.find((row) => row.state === 'sending');
  if (sending) {
    if (!isMyTurn(tx, sending)) return { kind: 'done' };
    await moveTransfer(tx, sending, {});
    const [seller] = await tx.db
      .select()
      .from(sellerAccounts)
      .where(eq(sellerAccounts.organisationId, sending.organisationId));
    const outOf = sourceOf(rows, sending);
    return { kind: 'send', transfer: sending, accountId: seller?.accountId ?? '', intentId, outOf };
  }
  if (rows.length === 0) return null;
  const [reversal] = await tx.db
    .select()
    .from(transferReversals)
    .where(
      and(
        inArray(
          transferReversals.transferId,
          rows.map((row) => row.id),
        ),
        eq(transferReversals.state, 'sending'),
      ),
    );
  const transfer = rows.find((row) => row.id === reversal?.transferId);
  if (!reversal || !transfer) return null;
  if (!isMyTurn(tx, reversal)) return { kind: 'done' };
  await tx.db
    .update(transferReversals)
    .set({ updatedAt: tx.clock.now() })
    .where(eq(transferReversals.id, reversal.id));
  return { kind: 'take-back', transfer, reversal };
}

/** Whoever wrote it down asks at once; another one goes on only after a crash. */
function isMyTurn(tx: Context, { updatedAt }: { updatedAt: Date }): boolean {
  return tx.clock.now().getTime() - updatedAt.getTime() >= PATIENCE_MS;
}
