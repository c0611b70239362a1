import { z } from 'zod';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import type { StartedIntent } from '#platform/payments/payments.ts';
import { limitAttempts, limitClient } from '../accounts/limit-attempts.ts';
import type { CartView } from './cart.ts';
import { freezeCart } from './freeze-cart.ts';
import { findStarted, openPayment } from './open-payment.ts';
import { orderSecret, orderUrl } from './order-secret.ts';

export const checkoutEmail = z.string().trim().max(254).pipe(z.email());

const MOST_USER_AGENT = 400;

export const startCheckoutInput = z.object({
  token: z.string().max(100).nullable(),
  email: checkoutEmail,
  /** Both statements were ticked. */
  waiver: z.literal(true),
  /** What the buyer saw. */
  expectedTotalCents: z.int().min(0),
  /** As it shall stand on the invoice. */
  billing: z
    .object({
      name: z.string().trim().min(1).max(160),
      address: z.string().trim().min(1).max(400),
      country: z.string().regex(/^[A-Z]{2}$/),
      vatNumber: z.string().trim().max(20).nullable().default(null),
    })
    .nullable()
    .default(null),
  /** Where the order is placed from, by the door it comes through. */
  from: z
    .object({
      clientAddress: z.string().max(100).nullable(),
      userAgent: z
        .string()
        .transform((text) => text.slice(0, MOST_USER_AGENT))
        .nullable(),
    })
    .default({ clientAddress: null, userAgent: null }),
});

export type CheckoutInput = z.infer<typeof startCheckoutInput>;

export type CheckoutResult =
  | { outcome: 'started'; orderId: string; secret: string; next: StartedIntent['next'] }
  /** The same cart is being paid already: its order page tells how it goes. */
  | { outcome: 'in-progress'; orderId: string; secret: string }
  | { outcome: 'price-changed'; cart: CartView }
  | { outcome: 'empty-cart' };

/** Each checkout may hold a promo code, open an intent and mail an address. A race's own network is one client. */
const PER_CLIENT = { key: 'checkout', max: 300, windowSeconds: 3600 };
const PER_ADDRESS = { max: 30, windowSeconds: 3600 };

/**
 * Freezes the cart's prices into an order and opens its one payment. A second click gives the first one's order. Throws
 * 'rate-limited' past 300 an hour from one client or 30 for one mail address, and 'unavailable' while nobody takes money.
 */
export async function startCheckout(
  ctx: Context,
  input: z.input<typeof startCheckoutInput>,
): Promise<CheckoutResult> {
  const parsed = parseInput(startCheckoutInput, input);
  if (ctx.payments.name === 'none') {
    throw new DomainError('unavailable', { public: { key: 'platform.paymentsOff' } });
  }
  await limitClient(ctx, parsed.from.clientAddress ?? '', PER_CLIENT);
  await limitAttempts(ctx, { ...PER_ADDRESS, key: `checkout/address/${parsed.email.toLowerCase()}` });
  const frozen = await freezeCart(ctx, parsed);
  if (frozen.outcome !== 'frozen') return frozen;
  const { order } = frozen;
  const secret = orderSecret(ctx, order.id);
  if (order.state === 'processing') return { outcome: 'in-progress', orderId: order.id, secret };
  if (order.totalCents === 0) {
    return {
      outcome: 'started',
      orderId: order.id,
      secret,
      next: { kind: 'redirect', url: orderUrl(ctx, order) },
    };
  }
  const next = (await findStarted(ctx, order.id)) ?? (await openPayment(ctx, order));
  return { outcome: 'started', orderId: order.id, secret, next };
}
