import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { promoUses } from './tables.ts';

/** Gives an order's use of its promo code back: nobody will pay for it. Safe to run twice, and for orders without a code. */
export async function releasePromo(tx: Context, { orderId }: { orderId: string }): Promise<void> {
  await tx.db.update(promoUses).set({ released: true }).where(eq(promoUses.orderId, orderId));
}
