import { and, eq, gt, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
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

/** A single photo was bought, its file was missing, and it is not refunded. */
const LACKS_PHOTOS: SQL = sql`exists (
  select 1 from order_lines l
  where l.order_id = ${orders.id} and l.kind = 'photo' and (l.price_cents = 0 or l.refunded_cents < l.price_cents)
    and not exists (select 1 from order_photos p where p.line_id = l.id))`;

/** Delivers paid orders whose own job was lost, or gave up before the storage was back, and looks again for files that were missing. Returns how many it delivered. */
export async function sweepDeliveries(ctx: Context): Promise<number> {
  const startedAt = ctx.clock.now().getTime();
  const before = new Date(startedAt - PATIENCE_MS);
  const waiting = await ctx.db
    .select({ orderId: orders.id })
    .from(orders)
    .where(
      and(
        eq(orders.state, 'paid'),
        or(
          and(isNull(orders.deliveredAt), lt(orders.updatedAt, before)),
          and(lt(orders.deliveredAt, before), LACKS_PHOTOS),
        ),
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
