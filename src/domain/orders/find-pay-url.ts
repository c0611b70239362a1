import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { type orders, payments } from './tables.ts';

type OrderRow = Pick<typeof orders.$inferSelect, 'id' | 'state' | 'locale'>;

/** Where an order that waits for its payment is paid: its provider's page, or our own with the provider's form. */
export async function findPayUrl(ctx: Context, order: OrderRow, secret: string): Promise<string | null> {
  if (order.state !== 'pending' && order.state !== 'failed') return null;
  const [payment] = await ctx.db
    .select({ next: payments.next, provider: payments.provider })
    .from(payments)
    .where(eq(payments.orderId, order.id));
  if (payment?.next?.kind === 'redirect') return payment.next.url;
  return payment?.provider === 'stripe' ? `/${order.locale}/pay/${secret}` : null;
}
