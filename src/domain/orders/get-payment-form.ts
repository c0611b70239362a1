import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { stripeScriptUrl } from '#platform/payments/stripe-browser.ts';
import { hashToken } from './find-cart.ts';
import { openPayment } from './open-payment.ts';
import { orderUrl } from './order-secret.ts';
import { orders, payments } from './tables.ts';

export type PaymentForm =
  | {
      outcome: 'open';
      number: string;
      totalCents: number;
      currency: string;
      email: string;
      /** Absolute: where the buyer comes back to. */
      returnUrl: string;
      clientSecret: string;
      publishableKey: string;
      scriptUrl: string;
    }
  /** There is nothing to pay by a form: the order's page says how it stands. */
  | { outcome: 'none' };

/** What the provider's form needs to take the money for the order of a secret link. Throws 'not-found'. */
export async function getPaymentForm(ctx: Context, { secret }: { secret: string }): Promise<PaymentForm> {
  const [found] = await ctx.db
    .select({ order: orders, payment: payments })
    .from(orders)
    .leftJoin(payments, eq(payments.orderId, orders.id))
    .where(eq(orders.secretHash, hashToken(secret.slice(0, 100))));
  if (!found) throw new DomainError('not-found', { public: { key: 'orders.missing' } });
  const { order, payment } = found;
  const publishableKey = ctx.config.stripePublishableKey;
  const payable = order.state === 'pending' || order.state === 'failed';
  if (!payable || !publishableKey || payment?.provider !== ctx.payments.name) return { outcome: 'none' };
  // A crash between the provider's answer and our commit left none: the same key finds it again.
  const next = payment.next ?? (await openPayment(ctx, order));
  if (next.kind !== 'embedded') return { outcome: 'none' };
  const { number, totalCents, currency, email } = order;
  return {
    outcome: 'open',
    ...{ number, totalCents, currency, email, publishableKey },
    returnUrl: orderUrl(ctx, order),
    clientSecret: next.clientSecret,
    scriptUrl: stripeScriptUrl(ctx.config),
  };
}
