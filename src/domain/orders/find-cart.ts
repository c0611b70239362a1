import { createHash } from 'node:crypto';
import { and, count, desc, eq, inArray, isNull, ne, or } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { MAX_CART_LINES } from './cart.ts';
import { cartLines, carts } from './tables.ts';

/** Only the digest is stored: a copy of the database opens no cart. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * The cart of this visitor: the cookie's, or for an account without cookie its latest one.
 * A cart that belongs to an account opens for that account alone.
 */
export async function findCart(ctx: Context, token: string | null): Promise<{ id: string } | null> {
  const userId = ctx.actor.kind === 'account' ? ctx.actor.userId : null;
  if (token) {
    const owner = userId ? or(isNull(carts.userId), eq(carts.userId, userId)) : isNull(carts.userId);
    const [byToken] = await ctx.db
      .select({ id: carts.id })
      .from(carts)
      .where(and(eq(carts.tokenHash, hashToken(token)), owner));
    if (byToken) return byToken;
  }
  if (!userId) return null;
  const [latest] = await ctx.db
    .select({ id: carts.id })
    .from(carts)
    .where(eq(carts.userId, userId))
    .orderBy(desc(carts.updatedAt))
    .limit(1);
  return latest ?? null;
}

/** Locks the cart until the transaction ends, so that clicks in two tabs take turns. */
export async function lockCart(tx: Context, cartId: string): Promise<void> {
  await tx.db.select({ id: carts.id }).from(carts).where(eq(carts.id, cartId)).for('update');
}

/** Makes the cart the account's own, and brings in what the account had kept elsewhere, the latest first as far as a cart can hold. */
export async function claimCart(tx: Context, cartId: string): Promise<void> {
  if (tx.actor.kind !== 'account') return;
  const { userId } = tx.actor;
  await tx.db
    .update(carts)
    .set({ userId, updatedAt: tx.clock.now() })
    .where(and(eq(carts.id, cartId), isNull(carts.userId)));
  const others = await tx.db
    .select({ id: carts.id })
    .from(carts)
    .where(and(eq(carts.userId, userId), ne(carts.id, cartId)));
  const otherIds = others.map((other) => other.id);
  if (otherIds.length === 0) return;
  const [held] = await tx.db.select({ lines: count() }).from(cartLines).where(eq(cartLines.cartId, cartId));
  const kept = await tx.db
    .select()
    .from(cartLines)
    .where(inArray(cartLines.cartId, otherIds))
    .orderBy(desc(cartLines.addedAt), desc(cartLines.id))
    .limit(Math.max(0, MAX_CART_LINES - (held?.lines ?? 0)));
  if (kept.length > 0) {
    await tx.db
      .insert(cartLines)
      .values(kept.map((line) => ({ ...line, id: tx.random.id(), cartId })))
      .onConflictDoNothing();
  }
  await tx.db.delete(carts).where(inArray(carts.id, otherIds));
}
