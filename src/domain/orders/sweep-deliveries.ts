import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { deliverOrder } from './deliver-order.ts';
import { orders } from './tables.ts';

/** An order's own job has that long for its first attempts. */
const PATIENCE_MS = 10 * 60_000;
/** Integrity goes on telling of older ones. */
const GIVE_UP_MS = 30 * 24 * 3600_000;
const BATCH = 200;
/** The job has four minutes, and a storage that is down answers late. */
const TIME_MS = 2 * 60_000;

/** Delivers paid orders whose own job was lost, or gave up before the storage was back. Returns how many it delivered. */
export async function sweepDeliveries(ctx: Context): Promise<number> {
  const startedAt = ctx.clock.now().getTime();
  const waiting = await ctx.db
    .select({ orderId: orders.id })
    .from(orders)
    .where(
      and(
        eq(orders.state, 'paid'),
        isNull(orders.deliveredAt),
        lt(orders.updatedAt, new Date(startedAt - PATIENCE_MS)),
        gt(orders.createdAt, new Date(startedAt - GIVE_UP_MS)),
      ),
    )
    // Those that cannot be delivered must not keep the others waiting.
    .orderBy(sql`random()`)
    .limit(BATCH);
  let delivered = 0;
  for (const order of waiting) {
    if (ctx.clock.now().getTime() - startedAt > TIME_MS) break;
    if (await deliverSafely(ctx, order)) delivered += 1;
  }
  return delivered;
}

async function deliverSafely(ctx: Context, order: { orderId: string }): Promise<boolean> {
  try {
    await deliverOrder(ctx, order);
    return true;
  } catch (error) {
    ctx.log.error({ ...order, error }, 'a paid order could not be delivered');
    return false;
  }
}
