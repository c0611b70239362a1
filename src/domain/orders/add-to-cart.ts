import { and, count, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { requireOrganisation } from '../accounts/require-account.ts';
import type { PhotoSize } from '../pricing/offer.ts';
import { isSold } from '../pricing/price-cart.ts';
import { isRunnerKnown } from '../timing/is-runner-known.ts';
import { readBib } from '../timing/read-cells.ts';
import { type CartView, MAX_CART_LINES } from './cart.ts';
import { claimCart, findCart, hashToken, lockCart } from './find-cart.ts';
import { readCart } from './get-cart.ts';
import {
  countRunnerPhotos,
  type EventOnSale,
  findEventsOnSale,
  findPhotosOnSale,
  isPreSale,
} from './on-sale.ts';
import { cartLines, carts } from './tables.ts';

const bib = z.string().trim().min(1).max(20);
const token = z.string().max(100).nullable();

export const addToCartInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('photo'),
    token,
    eventId: z.uuid(),
    photoId: z.uuid(),
    size: z.enum(['web', 'original']).default('original'),
    /** The bib under which it was found. */
    bib: bib.nullish(),
  }),
  z.object({ kind: z.literal('all-photos'), token, eventId: z.uuid(), bib }),
  /** For pros alone. */
  z.object({ kind: z.literal('whole-event'), token, eventId: z.uuid() }),
]);

type AddToCartInput = z.infer<typeof addToCartInput>;

/**
 * Puts one photo, all photos of a runner or those of a whole event into the visitor's cart; once, however often it is asked. A
 * photo that is there in another size changes its size.
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
    const line = await lineToAdd(tx, parsed, event);
    if (!isSold(event.offer, line)) throw notOnSale();
    const { cartId, token: kept } = await openCart(tx, parsed.token);
    await writeLine(tx, { cartId, event, line });
    await tx.db.update(carts).set({ updatedAt: tx.clock.now() }).where(eq(carts.id, cartId));
    return { token: kept, cart: await readCart(tx, cartId) };
  });
}

type NewLine = Pick<typeof cartLines.$inferSelect, 'kind' | 'photoId' | 'size' | 'bib'>;

async function lineToAdd(tx: Context, input: AddToCartInput, event: EventOnSale): Promise<NewLine> {
  if (input.kind === 'whole-event') {
    requireOrganisation(tx);
    return { kind: input.kind, photoId: null, size: 'original', bib: null };
  }
  if (input.kind === 'all-photos') {
    if ((await countRunnerPhotos(tx, input)) === 0) await requirePreSale(tx, event, input.bib);
    return { kind: input.kind, photoId: null, size: 'original', bib: input.bib };
  }
  const [photo] = await findPhotosOnSale(tx, [input.photoId]);
  if (photo?.eventId !== input.eventId) throw notOnSale();
  const foundBy = input.bib && photo.bibs.includes(input.bib) ? input.bib : null;
  return { kind: input.kind, photoId: photo.photoId, size: input.size, bib: foundBy };
}

/** A bib without photos is sold before the start alone, and only one that may have some: a slip of the finger buys nothing. */
async function requirePreSale(tx: Context, event: EventOnSale, bib: string): Promise<void> {
  if (!isPreSale(event, tx.clock.now())) throw notOnSale();
  const known = readBib(bib) === bib && (await isRunnerKnown(tx, { eventId: event.eventId, bib }));
  if (!known) throw new DomainError('not-found', { public: { key: 'orders.unknownBib' } });
}

async function writeLine(
  tx: Context,
  { cartId, event, line }: { cartId: string; event: EventOnSale; line: NewLine },
): Promise<void> {
  if (line.photoId !== null && (await resize(tx, { cartId, photoId: line.photoId, size: line.size }))) return;
  await refuseOverfull(tx, cartId, event);
  await tx.db
    .insert(cartLines)
    .values({ id: tx.random.id(), cartId, eventId: event.eventId, ...line, addedAt: tx.clock.now() })
    .onConflictDoNothing();
}

async function resize(
  tx: Context,
  { cartId, photoId, size }: { cartId: string; photoId: string; size: PhotoSize },
): Promise<boolean> {
  const changed = await tx.db
    .update(cartLines)
    .set({ size })
    .where(and(eq(cartLines.cartId, cartId), eq(cartLines.photoId, photoId)))
    .returning({ id: cartLines.id });
  return changed.length > 0;
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
  if (sold.some((other) => other.offer.currency !== event.offer.currency)) {
    throw new DomainError('conflict', { public: { key: 'orders.otherCurrency' } });
  }
}

function notOnSale(): DomainError {
  return new DomainError('not-found', { public: { key: 'orders.notOnSale' } });
}
