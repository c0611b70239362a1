import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { limitAttempts } from '../accounts/limit-attempts.ts';
import { normaliseCode } from '../pricing/find-promos.ts';
import { findCart } from './find-cart.ts';
import { carts } from './tables.ts';

export const setCartCodeInput = z.object({
  token: z.string().max(100).nullable(),
  /** As it was typed; '' takes it away. */
  code: z.string().max(60),
});

/** Codes are words that could be guessed. */
const TRIES = { max: 30, windowSeconds: 15 * 60 };

/** Keeps a promo code with the visitor's cart, in place of the one before. Whether it holds, and why not, is said whenever the
 *  cart is priced. Throws rate-limited past thirty codes in a quarter of an hour. */
export async function setCartCode(ctx: Context, input: z.input<typeof setCartCodeInput>): Promise<void> {
  const { token, code } = parseInput(setCartCodeInput, input);
  const cart = await findCart(ctx, token);
  if (!cart) return;
  const promoCode = normaliseCode(code) || null;
  if (promoCode !== null) await limitAttempts(ctx, { key: `promo/${cart.id}`, ...TRIES });
  await ctx.db.update(carts).set({ promoCode, updatedAt: ctx.clock.now() }).where(eq(carts.id, cart.id));
}
