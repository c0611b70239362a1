import type { Context } from '#context.ts';
import { findCodeHolders } from './find-code-holders.ts';
import { closeOrder } from './reconcile-payments.ts';

/** Closes the orders of a cart that hold a promo code without being paid, at the provider first, which gives their uses back.
 *  Tells how many there were; one that is paid at this very moment, or being paid, keeps its use. */
export async function closeCodeHolders(ctx: Context, cartId: string): Promise<number> {
  const holders = await findCodeHolders(ctx, cartId);
  const unpaid = holders.filter(
    ({ order, payment }) => order.state !== 'processing' && payment.provider === ctx.payments.name,
  );
  for (const one of unpaid) await closeOrder(ctx, one);
  return unpaid.length;
}
