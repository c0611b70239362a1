import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { MAX_CART_LINES } from './cart.ts';
import { findCart } from './find-cart.ts';
import { cartLines, carts } from './tables.ts';

const token = z.string().max(100).nullable();

export const removeFromCartInput = z.union([
  z.object({ token, lineIds: z.array(z.uuid()).min(1).max(MAX_CART_LINES) }),
  z.object({ token, photoId: z.uuid() }),
]);

/** Takes lines out of the visitor's own cart; lines of another's cart, and missing ones, are left alone. */
export async function removeFromCart(
  ctx: Context,
  input: z.input<typeof removeFromCartInput>,
): Promise<void> {
  const parsed = parseInput(removeFromCartInput, input);
  const cart = await findCart(ctx, parsed.token);
  if (!cart) return;
  const which =
    'photoId' in parsed ? eq(cartLines.photoId, parsed.photoId) : inArray(cartLines.id, parsed.lineIds);
  await ctx.db.delete(cartLines).where(and(eq(cartLines.cartId, cart.id), which));
  await ctx.db.update(carts).set({ updatedAt: ctx.clock.now() }).where(eq(carts.id, cart.id));
}
