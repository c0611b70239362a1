import { and, desc, eq, or } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { hashToken } from './find-cart.ts';
import { DOWNLOADABLE } from './order.ts';
import { orderLines, orders } from './tables.ts';

/** A paid order of this event for this bib, proven by its secret link or by the account it belongs to; null when there is none. */
export async function findBoughtRunner(
  ctx: Context,
  input: { eventId: string; bib: string; secret: string | null },
): Promise<{ orderId: string } | null> {
  const { eventId, bib, secret } = input;
  const bySecret = secret ? eq(orders.secretHash, hashToken(secret.slice(0, 100))) : undefined;
  const byAccount = ctx.actor.kind === 'account' ? eq(orders.userId, ctx.actor.userId) : undefined;
  if (!bySecret && !byAccount) return null;
  const [order] = await ctx.db
    .select({ orderId: orders.id })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .where(
      and(
        or(bySecret, byAccount),
        eq(orders.state, DOWNLOADABLE),
        eq(orderLines.eventId, eventId),
        eq(orderLines.bib, bib),
      ),
    )
    .orderBy(desc(orders.createdAt))
    .limit(1);
  return order ?? null;
}
