import { eq, inArray } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { makePro } from '../../../tests/factories.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { BIB, checkOut, fillCart, makeShop } from '../../../tests/shop.ts';
import { limitClient } from '../accounts/limit-attempts.ts';
import { addToCart } from './add-to-cart.ts';
import { MAX_CART_LINES } from './cart.ts';
import { hashToken } from './find-cart.ts';
import { startCheckout } from './start-checkout.ts';
import { cartLines, carts } from './tables.ts';

async function cartOf(ctx: TestContext, token: string): Promise<string> {
  const [cart] = await ctx.db
    .select()
    .from(carts)
    .where(eq(carts.tokenHash, hashToken(token)));
  return cart?.id ?? '';
}

describe('checkouts are bounded', () => {
  test('for one mail address, whoever types it, until the hour is over', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
    const { orderId } = await checkOut(ctx, token);
    for (let click = 1; click < 30; click += 1) await checkOut(ctx, token, 'Camille@example.org');
    await expect(checkOut(ctx, token)).rejects.toMatchObject({ code: 'rate-limited' });
    expect((await checkOut(ctx, token, 'anne@example.org')).orderId).not.toBe(orderId);
    ctx.clock.advance(3_601);
    expect((await checkOut(ctx, token)).orderId).toBe(orderId);
  });

  test('for one client that types ever other addresses', async () => {
    const ctx = await createTestContext();
    const from = { clientAddress: '192.0.2.7', userAgent: null };
    const empty = { token: null, waiver: true as const, expectedTotalCents: 0, from };
    const known = { key: 'checkout', max: 300, windowSeconds: 3600 };
    for (let n = 0; n < 299; n += 1) await limitClient(ctx, from.clientAddress, known);
    const last = { ...empty, email: 'runner@example.org' };
    expect(await startCheckout(ctx, last)).toEqual({ outcome: 'empty-cart' });
    const next = { ...empty, email: 'one-more@example.org' };
    await expect(startCheckout(ctx, next)).rejects.toMatchObject({ code: 'rate-limited' });
    const elsewhere = { ...next, from: { ...from, clientAddress: '192.0.2.8' } };
    expect(await startCheckout(ctx, elsewhere)).toEqual({ outcome: 'empty-cart' });
  });
});

test('signing in brings in what was kept elsewhere, the latest first, as far as a cart can hold', async () => {
  const ctx = await createTestContext();
  const { event, photos } = await makeShop(ctx);
  const mine = withActor(ctx, (await makePro(ctx)).actor);
  const kept = await fillCart(mine, event.id, [photos[0]?.id ?? '']);
  const keptId = await cartOf(ctx, kept);
  const lines = Array.from({ length: MAX_CART_LINES - 1 }, (_, index) => ({
    id: ctx.random.id(),
    cartId: keptId,
    eventId: event.id,
    kind: 'all-photos' as const,
    bib: `x${index}`,
    addedAt: new Date(ctx.clock.now().getTime() + 1_000 + index),
  }));
  await ctx.db.insert(cartLines).values(lines);
  const token = await fillCart(ctx, event.id, [photos[1]?.id ?? '']);
  const joined = addToCart(mine, { token, kind: 'all-photos', eventId: event.id, bib: BIB });
  await expect(joined).rejects.toMatchObject({ public: { key: 'orders.cartFull' } });
  await ctx.db.delete(cartLines).where(inArray(cartLines.bib, ['x0', 'x1']));
  await addToCart(mine, { token, kind: 'all-photos', eventId: event.id, bib: BIB });
  const inCart = (cartId: string) => eq(cartLines.cartId, cartId);
  expect(await ctx.db.$count(cartLines, inCart(await cartOf(ctx, token)))).toBe(MAX_CART_LINES);
  expect(await ctx.db.$count(cartLines, inCart(keptId))).toBe(0);
});
