import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { orders, payments } from './tables.ts';

type OrderRow = typeof orders.$inferSelect;

/**
 * Unpaid orders of the cart that a paid order was made of: those from before it, and those from after it with a line of the
 * same photo or pack. Paid in another tab, one of them would sell the same twice.
 */
export async function findSuperseded(
  ctx: Context,
  { id, cartId, createdAt }: Pick<OrderRow, 'id' | 'cartId' | 'createdAt'>,
): Promise<{ order: OrderRow; payment: typeof payments.$inferSelect }[]> {
  if (cartId === null) return [];
  return ctx.db
    .select({ order: orders, payment: payments })
    .from(orders)
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .where(
      and(
        eq(orders.cartId, cartId),
        inArray(orders.state, ['pending', 'failed']),
        eq(payments.provider, ctx.payments.name),
        or(sql`${orders.createdAt} < ${createdAt.toISOString()}::timestamptz`, sellsTheSameAs(id)),
      ),
    );
}

function sellsTheSameAs(orderId: string): SQL {
  return sql`exists (
    select 1 from order_lines bought
    join order_lines again on again.kind = bought.kind and again.event_id = bought.event_id
      and case when bought.kind = 'photo' then again.photo_id = bought.photo_id
        else again.bib is not distinct from bought.bib end
    where bought.order_id = ${orderId} and again.order_id = ${orders.id})`;
}
