import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { hashBuyer, judgePromo, type PromoAsked, type PromoRefusal } from './find-promos.ts';
import { promoCodes, promoUses } from './tables.ts';

/**
 * Counts one use of a promo code for an order, in the caller's transaction: the code stays locked until that ends, so that its
 * limits hold however many check out at once. Gives why not when the code no longer holds.
 */
export async function holdPromo(
  tx: Context,
  {
    promoCodeId,
    orderId,
    ...asked
  }: Omit<PromoAsked, 'code' | 'email' | 'except'> & {
    promoCodeId: string;
    orderId: string;
    email: string;
  },
): Promise<'held' | PromoRefusal> {
  const [row] = await tx.db.select().from(promoCodes).where(eq(promoCodes.id, promoCodeId)).for('update');
  if (!row) return 'unknown';
  const { refusal } = await judgePromo(tx, row, { ...asked, code: row.code, except: [] });
  if (refusal) return refusal;
  await tx.db.insert(promoUses).values({
    promoCodeId,
    orderId,
    buyerHash: hashBuyer(asked.email),
    createdAt: tx.clock.now(),
  });
  return 'held';
}
