import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { PRICE_MIN_CENTS } from '../events/event.ts';
import type { PromoRefusal } from '../pricing/find-promos.ts';
import { findShareTerms } from '../pricing/find-share-terms.ts';
import { holdPromo } from '../pricing/hold-promo.ts';
import type { CartView } from './cart.ts';
import { closeCodeHolders } from './close-code-holders.ts';
import { emptyCart } from './empty-cart.ts';
import { findCart, hashToken, lockCart } from './find-cart.ts';
import { readCart } from './get-cart.ts';
import { AFTER_EACH_MOVE, DELIVER_ORDER } from './job-names.ts';
import { insertPayment } from './open-payment.ts';
import { orderNumber } from './order-number.ts';
import { orderSecret } from './order-secret.ts';
import type { CheckoutInput } from './start-checkout.ts';
import { carts, orderLines, orders, payments } from './tables.ts';
import { WAIVER_VERSION } from './waiver.ts';

type OrderRow = typeof orders.$inferSelect;

export type Frozen =
  | { outcome: 'frozen'; order: OrderRow }
  | { outcome: 'price-changed'; cart: CartView }
  | { outcome: 'empty-cart' };

/** Makes the cart's order at the prices that the buyer saw, or finds the one that was made by an earlier click. */
export async function freezeCart(ctx: Context, input: CheckoutInput): Promise<Frozen> {
  const held = await findCart(ctx, input.token);
  if (!held) return { outcome: 'empty-cart' };
  const first = await tryToFreeze(ctx, held.id, input);
  if (first.outcome !== 'code-gone') return first;
  // An earlier order of this very cart may hold the code's last use: nobody will pay that one any more.
  const closed = await closeCodeHolders(ctx, held.id);
  const second = closed > 0 ? await tryToFreeze(ctx, held.id, input) : first;
  if (second.outcome !== 'code-gone') return second;
  return { outcome: 'price-changed', cart: await priceWithoutCode(ctx, held.id, second.refusal) };
}

type CodeGone = { outcome: 'code-gone'; refusal: PromoRefusal };

/** Undoes the transaction whose order found its promo code taken. */
class CodeTaken extends Error {
  readonly refusal: PromoRefusal;

  constructor(refusal: PromoRefusal) {
    super(`the promo code no longer holds: ${refusal}`);
    this.refusal = refusal;
  }
}

async function tryToFreeze(ctx: Context, cartId: string, input: CheckoutInput): Promise<Frozen | CodeGone> {
  try {
    return await inTransaction(ctx, (tx) => freeze(tx, cartId, input));
  } catch (error) {
    if (error instanceof CodeTaken) return { outcome: 'code-gone', refusal: error.refusal };
    throw error;
  }
}

/** The code leaves the cart, so that every page shows the same price; why it did is told this once. */
async function priceWithoutCode(ctx: Context, cartId: string, refusal: PromoRefusal): Promise<CartView> {
  const { promo } = await readCart(ctx, cartId);
  await ctx.db.update(carts).set({ promoCode: null }).where(eq(carts.id, cartId));
  const code = promo?.code ?? '';
  const gone = { code, promoCodeId: null, offCents: 0, missingCents: 0, refusal };
  return { ...(await readCart(ctx, cartId)), promo: gone };
}

async function freeze(tx: Context, cartId: string, input: CheckoutInput): Promise<Frozen> {
  await lockCart(tx, cartId);
  const cart = await readCart(tx, cartId, { email: input.email });
  if (cart.lineCount === 0 || cart.currency === null) return { outcome: 'empty-cart' };
  // Only now it is known who buys: the pages before could not tell.
  if (cart.promo?.refusal === 'used-by-you') throw new CodeTaken(cart.promo.refusal);
  if (cart.totalCents !== input.expectedTotalCents) return { outcome: 'price-changed', cart };
  refuseTooSmall(tx, cart);
  const fingerprint = fingerprintOf(input, cart);
  const open = await findOpenOrder(tx, cartId, fingerprint);
  if (open) return { outcome: 'frozen', order: open };
  const order = await insertOrder(tx, { cartId, cart, fingerprint, input });
  if (order.promoCode !== null) await holdCode(tx, order, cart);
  await insertLines(tx, order.id, cart);
  if (order.totalCents > 0) await insertPayment(tx, order);
  else await deliverFree(tx, order);
  return { outcome: 'frozen', order };
}

/** Stripe takes no less than 50 cents, and free is free. */
function refuseTooSmall(tx: Context, { totalCents, currency }: CartView): void {
  if (totalCents === 0 || totalCents >= PRICE_MIN_CENTS) return;
  const format = new Intl.NumberFormat(tx.locale, { style: 'currency', currency: currency ?? 'eur' });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  throw new DomainError('conflict', {
    public: {
      key: 'orders.belowSmallest',
      values: { amount: format.format(PRICE_MIN_CENTS / 10 ** digits) },
    },
  });
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
  if (held !== 'held') throw new CodeTaken(held);
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
