import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { orders } from '../orders/tables.ts';
import { canWithdraw, readWithdrawable, type WithdrawalRow } from './read-withdrawable.ts';
import { withdrawals } from './tables.ts';
import { tryRefund } from './try-refund.ts';
import { outcomeOf } from './withdrawal.ts';
import { postWithdrawalMail } from './withdrawal-email.ts';

interface Statement {
  orderId: string;
  name: string;
  email: string;
}

/**
 * Takes down a buyer's statement, asks for the refund where the right stands, and writes the acknowledgement, all in one
 * transaction. Null where no withdrawal exists. What is paid while a payment is still on its way follows with `settleWithdrawal`.
 */
export async function takeStatement(
  tx: Context,
  { orderId, name, email }: Statement,
): Promise<WithdrawalRow | null> {
  const [order] = await tx.db.select().from(orders).where(eq(orders.id, orderId)).for('update');
  if (!order || !canWithdraw(order)) return null;
  const lines = await readWithdrawable(tx, order);
  const now = tx.clock.now();
  const { parts, ...outcome } = outcomeOf(lines, { orderedAt: order.createdAt, now });
  const refundId = order.state === 'paid' ? await tryRefund(tx, orderId, parts) : null;
  const row: WithdrawalRow = {
    id: tx.random.id(),
    orderId,
    name,
    email,
    ...outcome,
    refundId,
    at: now,
  };
  await tx.db.insert(withdrawals).values(row);
  const refundCents = parts.reduce((sum, part) => sum + part.amountCents, 0);
  await postWithdrawalMail(tx, { order, statement: row, refundCents });
  return row;
}
