import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { payments } from './tables.ts';

/**
 * What the provider keeps of an order's payment, perhaps in another currency than it was paid in; null until it says, and
 * for a payment of another provider than the present one. Never called inside a transaction.
 */
export async function learnProviderFee(
  ctx: Context,
  { orderId }: { orderId: string },
): Promise<{ cents: number; currency: string } | null> {
  const [payment] = await ctx.db
    .select()
    .from(payments)
    .where(and(eq(payments.orderId, orderId), eq(payments.provider, ctx.payments.name)));
  if (payment?.state !== 'succeeded' || payment.intentId === null) return null;
  const fee = await ctx.payments.getFee(payment.intentId);
  if (fee === null) return null;
  // The column is of the payment's own currency; another one stands in the ledger alone.
  if (fee.currency === payment.currency) {
    await ctx.db.update(payments).set({ providerFeeCents: fee.feeCents }).where(eq(payments.id, payment.id));
  }
  return { cents: fee.feeCents, currency: fee.currency };
}
