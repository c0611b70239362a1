import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { orders, payments } from './tables.ts';

/** Orders of a cart that hold a promo code and are not paid yet: the cart's next order takes their place. */
export async function findCodeHolders(
  ctx: Context,
  cartId: string,
): Promise<{ order: typeof orders.$inferSelect; payment: typeof payments.$inferSelect }[]> {
  return ctx.db
    .select({ order: orders, payment: payments })
    .from(orders)
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .where(
      and(
        eq(orders.cartId, cartId),
        isNotNull(orders.promoCode),
        inArray(orders.state, ['pending', 'processing', 'failed']),
      ),
    );
}
