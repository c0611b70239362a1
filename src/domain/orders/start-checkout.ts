import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import type { StartedIntent } from '#platform/payments/payments.ts';
import type { CartView } from './cart.ts';
import { emptyCart } from './empty-cart.ts';
import { findCart, hashToken, lockCart } from './find-cart.ts';
import { readCart } from './get-cart.ts';
import { DELIVER_ORDER } from './job-names.ts';
import { findStarted, insertPayment, openPayment } from './open-payment.ts';
import { orderNumber } from './order-number.ts';
import { orderSecret, orderUrl } from './order-secret.ts';
import { orderLines, orders, payments } from './tables.ts';
import { WAIVER_VERSION } from './waiver.ts';

export const checkoutEmail = z.string().trim().max(254).pipe(z.email());

export const startCheckoutInput = z.object({
  token: z.string().max(100).nullable(),
  email: checkoutEmail,
  /** Both statements were ticked. */
  waiver: z.literal(true),
  /** What the buyer saw. */
  expectedTotalCents: z.int().min(0),
});

type CheckoutInput = z.infer<typeof startCheckoutInput>;

export type CheckoutResult =
  | { outcome: 'started'; orderId: string; secret: string; next: StartedIntent['next'] }
  /** The same cart is being paid already: its order page tells how it goes. */
  | { outcome: 'in-progress'; orderId: string; secret: string }
  | { outcome: 'price-changed'; cart: CartView }
  | { outcome: 'empty-cart' };

type OrderRow = typeof orders.$inferSelect;

/** Freezes the cart's prices into an order and opens its one payment. A second click gives the first one's order. */
export async function startCheckout(
  ctx: Context,
  input: z.input<typeof startCheckoutInput>,
): Promise<CheckoutResult> {
  const parsed = parseInput(startCheckoutInput, input);
  if (ctx.payments.name === 'none') {
    throw new DomainError('unavailable', { public: { key: 'platform.paymentsOff' } });
  }
  const frozen = await inTransaction(ctx, (tx) => freezeCart(tx, parsed));
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

type Frozen =
  | { outcome: 'frozen'; order: OrderRow }
  | { outcome: 'price-changed'; cart: CartView }
  | { outcome: 'empty-cart' };

async function freezeCart(tx: Context, input: CheckoutInput): Promise<Frozen> {
  const held = await findCart(tx, input.token);
  if (!held) return { outcome: 'empty-cart' };
  await lockCart(tx, held.id);
  const cart = await readCart(tx, held.id);
  if (cart.lineCount === 0 || cart.currency === null) return { outcome: 'empty-cart' };
  if (cart.totalCents !== input.expectedTotalCents) return { outcome: 'price-changed', cart };
  const fingerprint = fingerprintOf(input.email, cart);
  const open = await findOpenOrder(tx, held.id, fingerprint);
  if (open) return { outcome: 'frozen', order: open };
  const order = await insertOrder(tx, {
    cartId: held.id,
    email: input.email,
    fingerprint,
    totalCents: cart.totalCents,
    currency: cart.currency,
  });
  await insertLines(tx, order.id, cart);
  if (order.totalCents > 0) await insertPayment(tx, order);
  else await deliverFree(tx, order);
  return { outcome: 'frozen', order };
}

/** One that the present provider can still take the money for: another one's notices would not be ours. */
async function findOpenOrder(tx: Context, cartId: string, fingerprint: string): Promise<OrderRow | null> {
  const [open] = await tx.db
    .select({ order: orders })
    .from(orders)
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .where(
      and(
        eq(orders.cartId, cartId),
        eq(orders.fingerprint, fingerprint),
        inArray(orders.state, ['pending', 'processing', 'failed']),
        eq(payments.provider, tx.payments.name),
      ),
    );
  return open?.order ?? null;
}

/** Who buys what for how much: the same for two clicks on the same page. */
function fingerprintOf(email: string, cart: CartView): string {
  const lines = cart.groups.flatMap((group) =>
    group.lines.map(({ kind, eventId, photoId, bib, priceCents }) =>
      JSON.stringify([kind, eventId, photoId, bib, priceCents]),
    ),
  );
  const content = JSON.stringify([email.toLowerCase(), cart.currency, lines.toSorted()]);
  return createHash('sha256').update(content).digest('hex');
}

async function insertOrder(
  tx: Context,
  bought: Pick<OrderRow, 'cartId' | 'email' | 'fingerprint' | 'totalCents' | 'currency'>,
): Promise<OrderRow> {
  const now = tx.clock.now();
  const id = tx.random.id();
  const free = bought.totalCents === 0;
  const order: OrderRow = {
    ...bought,
    id,
    number: orderNumber(tx),
    userId: tx.actor.kind === 'account' ? tx.actor.userId : null,
    locale: tx.locale,
    kind: 'photos',
    state: free ? 'paid' : 'pending',
    refundedCents: 0,
    promoCode: null,
    billing: null,
    clientAddress: null,
    userAgent: null,
    secretHash: hashToken(orderSecret(tx, id)),
    waiverVersion: WAIVER_VERSION,
    waivedAt: now,
    createdAt: now,
    paidAt: free ? now : null,
    deliveredAt: null,
    photosToldAt: null,
    updatedAt: now,
  };
  await tx.db.insert(orders).values(order);
  return order;
}

async function insertLines(tx: Context, orderId: string, cart: CartView): Promise<void> {
  const lines = cart.groups.flatMap((group) => group.lines);
  await tx.db.insert(orderLines).values(
    lines.map(({ eventId, kind, photoId, bib, priceCents }, position) => ({
      id: tx.random.id(),
      orderId,
      eventId,
      kind,
      photoId,
      bib,
      priceCents,
      position,
    })),
  );
}

async function deliverFree(tx: Context, order: OrderRow): Promise<void> {
  await tx.queue.enqueue(tx.db, DELIVER_ORDER, { orderId: order.id }, { singletonKey: order.id });
  await emptyCart(tx, order);
}
