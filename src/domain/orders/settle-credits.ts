import { and, eq, ne, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { keepPurchase } from '../credits/keep-purchase.ts';
import { creditsDue } from './credit-order.ts';
import { orderLines, orders, refunds } from './tables.ts';

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
    const refundedCents = Math.max(order.refundedCents, await sumRefunds(tx, orderId));
    const lines = await tx.db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
    let usedUp = 0;
    for (const { id: lineId, credits, creditsFor } of lines) {
      if (credits === null || creditsFor === null) continue;
      const due = creditsDue({ credits, totalCents: order.totalCents, refundedCents, state: order.state });
      usedUp += (await keepPurchase(tx, { organisationId: creditsFor, lineId, credits: due })).usedUp;
    }
    return { usedUp };
  });
}

/** Of all refunds that were asked for and did not fail. */
async function sumRefunds(tx: Context, orderId: string): Promise<number> {
  const [sum] = await tx.db
    .select({ cents: sql<number>`coalesce(sum(${refunds.amountCents}), 0)::int` })
    .from(refunds)
    .where(and(eq(refunds.orderId, orderId), ne(refunds.state, 'failed')));
  return sum?.cents ?? 0;
}
