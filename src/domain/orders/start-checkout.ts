import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import type { StartedIntent } from '#platform/payments/payments.ts';
import { findShareTerms } from '../pricing/find-share-terms.ts';
import { holdPromo } from '../pricing/hold-promo.ts';
import type { CartView } from './cart.ts';
import { emptyCart } from './empty-cart.ts';
import { findCart, hashToken, lockCart } from './find-cart.ts';
import { readCart } from './get-cart.ts';
import { AFTER_EACH_MOVE, DELIVER_ORDER } from './job-names.ts';
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
    .object({ clientAddress: z.string().max(60).nullable(), userAgent: z.string().max(400).nullable() })
    .default({ clientAddress: null, userAgent: null }),
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
  const frozen = await freezeOrReprice(ctx, parsed);
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

/** Undoes the transaction whose order found its promo code used up. */
class CodeGone extends Error {}

async function freezeOrReprice(ctx: Context, input: CheckoutInput): Promise<Frozen> {
  try {
    return await inTransaction(ctx, (tx) => freezeCart(tx, input));
  } catch (error) {
    if (!(error instanceof CodeGone)) throw error;
    const held = await findCart(ctx, input.token);
    return held
      ? { outcome: 'price-changed', cart: await readCart(ctx, held.id, { email: input.email }) }
      : { outcome: 'empty-cart' };
  }
}

type Frozen =
  | { outcome: 'frozen'; order: OrderRow }
  | { outcome: 'price-changed'; cart: CartView }
  | { outcome: 'empty-cart' };

async function freezeCart(tx: Context, input: CheckoutInput): Promise<Frozen> {
  const held = await findCart(tx, input.token);
  if (!held) return { outcome: 'empty-cart' };
  await lockCart(tx, held.id);
  const cart = await readCart(tx, held.id, { email: input.email });
  if (cart.lineCount === 0 || cart.currency === null) return { outcome: 'empty-cart' };
  if (cart.totalCents !== input.expectedTotalCents) return { outcome: 'price-changed', cart };
  const fingerprint = fingerprintOf(input, cart);
  const open = await findOpenOrder(tx, held.id, fingerprint);
  if (open) return { outcome: 'frozen', order: open };
  const order = await insertOrder(tx, { cartId: held.id, cart, fingerprint, input });
  if (order.promoCode !== null) await holdCode(tx, order, cart);
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
function fingerprintOf({ email, billing }: CheckoutInput, cart: CartView): string {
  const lines = cart.groups.flatMap((group) =>
    group.lines.map(({ kind, eventId, photoId, size, bib, priceCents }) =>
      JSON.stringify([kind, eventId, photoId, size, bib, priceCents]),
    ),
  );
  const code = cart.promo?.promoCodeId ?? null;
  const content = JSON.stringify([email.toLowerCase(), cart.currency, lines.toSorted(), code, billing]);
  return createHash('sha256').update(content).digest('hex');
}

interface Bought {
  cartId: string;
  cart: CartView;
  fingerprint: string;
  input: CheckoutInput;
}

async function insertOrder(tx: Context, { cartId, cart, fingerprint, input }: Bought): Promise<OrderRow> {
  const now = tx.clock.now();
  const id = tx.random.id();
  const free = cart.totalCents === 0;
  const order: OrderRow = {
    cartId,
    fingerprint,
    email: input.email,
    totalCents: cart.totalCents,
    currency: cart.currency ?? 'eur',
    id,
    number: orderNumber(tx),
    userId: tx.actor.kind === 'account' ? tx.actor.userId : null,
    locale: tx.locale,
    kind: 'photos',
    state: free ? 'paid' : 'pending',
    refundedCents: 0,
    promoCode: usesCode(cart) ? (cart.promo?.code ?? null) : null,
    billing: input.billing,
    ...input.from,
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

/** The cart was priced with the code a moment ago: when somebody else took its last use since, nothing is sold at that price. */
async function holdCode(tx: Context, order: OrderRow, { promo, groups }: CartView): Promise<void> {
  const held = await holdPromo(tx, {
    promoCodeId: promo?.promoCodeId ?? '',
    orderId: order.id,
    email: order.email,
    currency: order.currency,
    eventIds: [...new Set(groups.map((group) => group.eventId))],
  });
  if (held !== 'held') throw new CodeGone();
}

/** A code that takes nothing off is not used. */
function usesCode({ promo }: CartView): boolean {
  return promo !== null && promo.offCents > 0;
}

async function insertLines(tx: Context, orderId: string, cart: CartView): Promise<void> {
  const lines = cart.groups.flatMap((group) => group.lines);
  const terms = await findShareTerms(tx, [...new Set(lines.map((line) => line.eventId))]);
  await tx.db.insert(orderLines).values(
    lines.map(({ eventId, kind, photoId, size, bib, fullCents, priceCents, reason }, position) => ({
      id: tx.random.id(),
      orderId,
      eventId,
      kind,
      photoId,
      size,
      bib,
      fullCents,
      priceCents,
      reason,
      terms: terms.get(eventId) ?? null,
      position,
    })),
  );
}

/** Nobody's notice will tell of it: what follows a payment follows at once. */
async function deliverFree(tx: Context, order: OrderRow): Promise<void> {
  for (const job of AFTER_EACH_MOVE) await tx.queue.enqueue(tx.db, job, { orderId: order.id });
  await tx.queue.enqueue(tx.db, DELIVER_ORDER, { orderId: order.id }, { singletonKey: order.id });
  await emptyCart(tx, order);
}
