import { eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { keepPurchase } from '../credits/keep-purchase.ts';
import { creditsDue } from './credit-order.ts';
import { orderLines, orders } from './tables.ts';

/**
 * Brings the credits of an order to what it has paid for: all of them once it is paid, fewer after a refund and while one is
 * on its way, none while it is disputed. Tells how many would have to be taken back and are used. Safe to run twice.
 */
export async function settleCredits(
  ctx: Context,
  { orderId }: { orderId: string },
): Promise<{ usedUp: number }> {
  return inTransaction(ctx, async (tx) => {
    const [order] = await tx.db.select().from(orders).where(eq(orders.id, orderId)).for('update');
    if (order?.kind !== 'credits' || order.paidAt === null) return { usedUp: 0 };
    const lines = await tx.db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
    let usedUp = 0;
    for (const { id: lineId, credits, creditsFor, ...line } of lines) {
      if (credits === null || creditsFor === null) continue;
      // The line also counts what is on its way back, the order what was given back at the provider's own desk.
      const refundedCents = Math.max(order.refundedCents, line.refundedCents);
      const due = creditsDue({ credits, totalCents: order.totalCents, refundedCents, state: order.state });
      usedUp += (await keepPurchase(tx, { organisationId: creditsFor, lineId, credits: due })).usedUp;
    }
    return { usedUp };
  });
}
