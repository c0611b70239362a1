import { count, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { type CartView, MAX_CART_LINES } from './cart.ts';
import { claimCart, findCart, hashToken, lockCart } from './find-cart.ts';
import { readCart } from './get-cart.ts';
import { countRunnerPhotos, type EventOnSale, findEventsOnSale, findPhotosOnSale } from './on-sale.ts';
import { cartLines, carts } from './tables.ts';

const bib = z.string().trim().min(1).max(20);

export const addToCartInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('photo'),
    token: z.string().max(100).nullable(),
    eventId: z.uuid(),
    photoId: z.uuid(),
    /** The bib under which it was found. */
    bib: bib.nullish(),
  }),
  z.object({
    kind: z.literal('all-photos'),
    token: z.string().max(100).nullable(),
    eventId: z.uuid(),
    bib,
  }),
]);

type AddToCartInput = z.infer<typeof addToCartInput>;

/**
 * Puts one photo, or all photos of a runner, into the visitor's cart; once, however often it is asked.
 * `token` is new when the visitor had no cart, and null when the cart was found by account alone.
 */
export async function addToCart(
  ctx: Context,
  input: z.input<typeof addToCartInput>,
): Promise<{ token: string | null; cart: CartView }> {
  const parsed = parseInput(addToCartInput, input);
  return inTransaction(ctx, async (tx) => {
    const [event] = await findEventsOnSale(tx, [parsed.eventId]);
    if (!event) throw notOnSale();
    const line = await lineToAdd(tx, parsed);
    const { cartId, token } = await openCart(tx, parsed.token);
    await refuseOverfull(tx, cartId, event);
    const now = tx.clock.now();
    await tx.db
      .insert(cartLines)
      .values({ id: tx.random.id(), cartId, eventId: event.eventId, ...line, addedAt: now })
      .onConflictDoNothing();
    await tx.db.update(carts).set({ updatedAt: now }).where(eq(carts.id, cartId));
    return { token, cart: await readCart(tx, cartId) };
  });
}

async function lineToAdd(tx: Context, input: AddToCartInput) {
  if (input.kind === 'all-photos') {
    if ((await countRunnerPhotos(tx, input)) === 0) throw notOnSale();
    return { kind: input.kind, photoId: null, bib: input.bib };
  }
  const [photo] = await findPhotosOnSale(tx, [input.photoId]);
  if (photo?.eventId !== input.eventId) throw notOnSale();
  const foundBy = input.bib && photo.bibs.includes(input.bib) ? input.bib : null;
  return { kind: input.kind, photoId: photo.photoId, bib: foundBy };
}

async function openCart(
  tx: Context,
  token: string | null,
): Promise<{ cartId: string; token: string | null }> {
  const found = await findCart(tx, token);
  if (found) {
    await lockCart(tx, found.id);
    await claimCart(tx, found.id);
    return { cartId: found.id, token };
  }
  const fresh = tx.random.token(24);
  const now = tx.clock.now();
  const cart = {
    id: tx.random.id(),
    tokenHash: hashToken(fresh),
    userId: tx.actor.kind === 'account' ? tx.actor.userId : null,
    createdAt: now,
    updatedAt: now,
  };
  await tx.db.insert(carts).values(cart);
  return { cartId: cart.id, token: fresh };
}

async function refuseOverfull(tx: Context, cartId: string, event: EventOnSale): Promise<void> {
  const [held] = await tx.db.select({ lines: count() }).from(cartLines).where(eq(cartLines.cartId, cartId));
  if ((held?.lines ?? 0) >= MAX_CART_LINES) {
    throw new DomainError('conflict', {
      public: { key: 'orders.cartFull', values: { max: MAX_CART_LINES } },
    });
  }
  const others = await tx.db
    .selectDistinct({ eventId: cartLines.eventId })
    .from(cartLines)
    .where(eq(cartLines.cartId, cartId));
  const sold = await findEventsOnSale(
    tx,
    others.map((other) => other.eventId),
  );
  if (sold.some((other) => other.currency !== event.currency)) {
    throw new DomainError('conflict', { public: { key: 'orders.otherCurrency' } });
  }
}

function notOnSale(): DomainError {
  return new DomainError('not-found', { public: { key: 'orders.notOnSale' } });
}
