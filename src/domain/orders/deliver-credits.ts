import { and, eq, isNull, sum } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { postCreditsMail } from './credits-email.ts';
import { settleCredits } from './settle-credits.ts';
import { orderLines, orders } from './tables.ts';

/** Adds the credits of a paid order to its organisation's balance, and says so by mail. Safe to run twice. */
export async function deliverCredits(tx: Context, order: typeof orders.$inferSelect): Promise<void> {
  await settleCredits(tx, { orderId: order.id });
  await tx.db
    .update(orders)
    .set({ deliveredAt: tx.clock.now() })
    .where(and(eq(orders.id, order.id), isNull(orders.deliveredAt)));
  const [bought] = await tx.db
    .select({ credits: sum(orderLines.credits).mapWith(Number) })
    .from(orderLines)
    .where(eq(orderLines.orderId, order.id));
  await postCreditsMail(tx, { order, credits: bought?.credits ?? 0 });
}
