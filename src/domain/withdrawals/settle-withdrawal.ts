import { and, eq, isNull, ne } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { openCents } from '../orders/refund.ts';
import { orderLines, orders, refunds } from '../orders/tables.ts';
import { withdrawals } from './tables.ts';
import { tryRefund } from './try-refund.ts';

/**
 * Gives back a payment that arrived after its buyer had withdrawn: the right stood then, whatever was delivered since. Safe to
 * run twice.
 */
export async function settleWithdrawal(ctx: Context, { orderId }: { orderId: string }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const owed = and(
      eq(withdrawals.orderId, orderId),
      isNull(withdrawals.refundId),
      ne(withdrawals.outcome, 'right-ended'),
    );
    const [statement] = await tx.db.select().from(withdrawals).where(owed).limit(1);
    if (!statement) return;
    const [order] = await tx.db.select().from(orders).where(eq(orders.id, orderId)).for('update');
    if (order?.state !== 'paid') return;
    const [settled] = await tx.db
      .select({ id: refunds.id })
      .from(refunds)
      .where(and(eq(refunds.orderId, orderId), eq(refunds.cause, 'withdrawal')));
    if (settled) return;
    const lines = await tx.db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
    const parts = lines
      .map((line) => ({ lineId: line.id, amountCents: openCents(line) }))
      .filter((part) => part.amountCents > 0);
    await tryRefund(tx, orderId, parts);
  });
}
