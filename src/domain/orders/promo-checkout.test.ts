import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { makePro } from '../../../tests/factories.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { buy, checkOut, fillCart, intentOf, makeShop, orderRow } from '../../../tests/shop.ts';
import { createPromoCode, type createPromoCodeSchema } from '../pricing/create-promo-code.ts';
import { findPricingFaults } from '../pricing/find-pricing-faults.ts';
import { listPromoCodes } from '../pricing/list-promo-codes.ts';
import { promoUses } from '../pricing/tables.ts';
import { applyPaymentEvent } from './apply-payment-event.ts';
import { findOrdersFaults } from './find-orders-faults.ts';
import { getCart } from './get-cart.ts';
import { removeFromCart } from './remove-from-cart.ts';
import { setCartCode } from './set-cart-code.ts';
import { startCheckout } from './start-checkout.ts';
import { orderLines, orders } from './tables.ts';

type CodeInput = Partial<z.input<typeof createPromoCodeSchema>>;

describe('a promo code in the cart', () => {
  test('is taken off, frozen with the order, and gone from the cart when that is paid', async () => {
    const { ctx, pro, token, code } = await shopWithCode({ off: { kind: 'amount', cents: 101 } });
    expect(await getCart(ctx, { token })).toMatchObject({
      totalCents: 1_999,
      promo: { code, offCents: 101, refusal: null },
    });
    const { orderId } = await buy(ctx, token);
    expect(await orderRow(ctx, orderId)).toMatchObject({ totalCents: 1_999, promoCode: code });
    const lines = await ctx.db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
    expect(
      lines.map(({ fullCents, priceCents, size, reason }) => [fullCents, priceCents, size, reason]),
    ).toEqual([
      [700, 667, 'original', 'single'],
      [700, 666, 'original', 'single'],
      [700, 666, 'original', 'single'],
    ]);
    expect(lines[0]?.terms).toMatchObject({ sellerId: pro.actor.organisationId, platformBps: 1_000 });
    expect((await listPromoCodes(pro))[0]?.uses).toBe(1);
    expect((await getCart(ctx, { token })).promo).toBeNull();
  });

  test.each<[string, CodeInput]>([
    ['not-yet', { startsAt: new Date('2100-01-01') }],
    ['over', { endsAt: new Date('2000-01-01') }],
  ])('that is %s takes nothing off and says why', async (refusal, asked) => {
    const { ctx, token } = await shopWithCode(asked);
    expect(await getCart(ctx, { token })).toMatchObject({
      totalCents: 2_100,
      promo: { refusal, offCents: 0 },
    });
  });

  test('of another seller, or of nobody, takes nothing off and says why', async () => {
    const { ctx, token } = await shopWithCode();
    const other = await shopWithCode({}, ctx);
    const refusals = [];
    for (const code of [other.code, 'NOSUCHCODE']) {
      await setCartCode(ctx, { token, code });
      refusals.push((await getCart(ctx, { token })).promo?.refusal);
    }
    expect(refusals).toEqual(['other-events', 'unknown']);
  });

  test('that misses its minimum says how much is missing', async () => {
    const { ctx, token } = await shopWithCode({ minTotalCents: 2_500 });
    expect((await getCart(ctx, { token })).promo).toMatchObject({
      missingCents: 400,
      offCents: 0,
      refusal: null,
    });
  });

  test('that would leave less than a card can pay is stopped in words', async () => {
    const { ctx, token } = await shopWithCode({ off: { kind: 'amount', cents: 2_060 } });
    await expect(checkOut(ctx, token)).rejects.toMatchObject({ public: { key: 'orders.belowSmallest' } });
  });

  test('that leaves nothing to pay is delivered without a payment', async () => {
    const { ctx, pro, token } = await shopWithCode({ off: { kind: 'percent', percent: 100 } });
    const { orderId } = await checkOut(ctx, token);
    expect(await orderRow(ctx, orderId)).toMatchObject({ state: 'paid', totalCents: 0 });
    expect(ctx.payments.intents.size).toBe(0);
    expect((await listPromoCodes(pro))[0]?.uses).toBe(1);
  });

  test('can be guessed thirty times, no more', async () => {
    const { ctx, token } = await shopWithCode();
    for (let tries = 0; tries < 29; tries += 1) await setCartCode(ctx, { token, code: `GUESS${tries}` });
    await expect(setCartCode(ctx, { token, code: 'GUESS' })).rejects.toMatchObject({ code: 'rate-limited' });
    await setCartCode(ctx, { token, code: '' });
    expect((await getCart(ctx, { token })).promo).toBeNull();
  });
});

describe('the limits of a promo code', () => {
  test('PAY-08: 20 checkouts at once against five uses make five orders, and the others see the price without it', async () => {
    const { ctx, pro, event, photos, code } = await shopWithCode({ maxUses: 5 });
    const tokens: string[] = [];
    for (let buyer = 0; buyer < 20; buyer += 1) {
      const token = await fillCart(ctx, event.id, photos.slice(0, 1));
      await setCartCode(ctx, { token, code });
      tokens.push(token);
    }
    const results = await Promise.all(
      tokens.map((token, buyer) => startCheckout(ctx, paying(token, 630, `buyer${buyer}@example.org`))),
    );
    const started = results.filter((one) => one.outcome === 'started');
    expect(started).toHaveLength(5);
    for (const result of results) {
      if (result.outcome === 'started') continue;
      expect(result).toMatchObject({
        outcome: 'price-changed',
        cart: { totalCents: 700, promo: { refusal: 'used-up' } },
      });
    }
    expect((await listPromoCodes(pro))[0]).toMatchObject({ uses: 5, state: 'used-up' });
    expect(ctx.payments.intents.size).toBe(5);
  });

  test('hold per buyer whatever the spelling of the address, and are told when the address is known', async () => {
    const { ctx, token, event, photos, code } = await shopWithCode({ maxUsesPerBuyer: 1 });
    await buy(ctx, token);
    const again = await fillCart(ctx, event.id, photos);
    await setCartCode(ctx, { token: again, code });
    expect((await getCart(ctx, { token: again })).totalCents).toBe(1_890);
    expect(await startCheckout(ctx, paying(again, 1_890, 'Camille@Example.org'))).toMatchObject({
      outcome: 'price-changed',
      cart: { totalCents: 2_100, promo: { refusal: 'used-by-you' } },
    });
    expect(await getCart(ctx, { token: again })).toMatchObject({ totalCents: 2_100, promo: null });
    const { totalCents } = await orderRow(ctx, (await checkOut(ctx, again)).orderId);
    expect(totalCents).toBe(2_100);
  });

  test('a second click finds the first one’s order although that holds the last use', async () => {
    const { ctx, token } = await shopWithCode({ maxUses: 1, maxUsesPerBuyer: 1 });
    const clicks = await Promise.all([checkOut(ctx, token), checkOut(ctx, token), checkOut(ctx, token)]);
    expect(new Set(clicks.map((click) => click.orderId)).size).toBe(1);
    expect(ctx.payments.intents.size).toBe(1);
  });

  test('a changed cart takes the use over from its earlier order, which nobody can pay any more', async () => {
    const { ctx, pro, token } = await shopWithCode({ maxUses: 1 });
    const first = await checkOut(ctx, token);
    const lineId = (await getCart(ctx, { token })).groups[0]?.lines[0]?.lineId ?? '';
    await removeFromCart(ctx, { token, lineIds: [lineId] });
    const second = await checkOut(ctx, token);
    expect((await orderRow(ctx, first.orderId)).state).toBe('cancelled');
    expect(ctx.payments.intents.get(await intentOf(ctx, first.orderId))?.state).toBe('cancelled');
    expect(await orderRow(ctx, second.orderId)).toMatchObject({ state: 'pending', totalCents: 1_260 });
    expect((await listPromoCodes(pro))[0]?.uses).toBe(1);
  });

  test('a use comes back with the order that is cancelled, and stays with one whose card was declined', async () => {
    const { ctx, pro, token } = await shopWithCode({ maxUses: 1 });
    const { orderId } = await checkOut(ctx, token);
    const uses = async () => (await listPromoCodes(pro))[0]?.uses;
    const intentId = await intentOf(ctx, orderId);
    await applyPaymentEvent(ctx, { event: ctx.payments.settle(intentId, 'failed') });
    expect(await uses()).toBe(1);
    const { amountCents, currency } = await ctx.payments.cancelIntent({ intentId, idempotencyKey: 'c' });
    const notice = { id: `cancelled/${intentId}`, kind: 'cancelled' as const, intentId, orderId };
    await applyPaymentEvent(ctx, {
      event: { ...notice, amountCents, currency, occurredAt: ctx.clock.now() },
    });
    expect(await uses()).toBe(0);
  });

  test('books that say otherwise are found', async () => {
    const { ctx, token } = await shopWithCode({ maxUses: 1 });
    const { orderId } = await checkOut(ctx, token);
    const system = { ...ctx, actor: { kind: 'system' as const, name: 'integrity' } };
    const subjects = async () =>
      [...(await findPricingFaults(system)), ...(await findOrdersFaults(system))]
        .filter((fault) => fault.rule.startsWith('promo-'))
        .map((fault) => [fault.rule, fault.subject]);
    expect(await subjects()).toEqual([]);
    await ctx.db.update(promoUses).set({ released: true }).where(eq(promoUses.orderId, orderId));
    expect(await subjects()).toEqual([['promo-use-of-order', orderId]]);
    const [use] = await ctx.db.select().from(promoUses).where(eq(promoUses.orderId, orderId));
    const again = [ctx.random.id(), ctx.random.id()].map((id) => ({
      promoCodeId: use?.promoCodeId ?? '',
      buyerHash: use?.buyerHash ?? '',
      orderId: id,
      createdAt: ctx.clock.now(),
    }));
    await ctx.db.insert(promoUses).values(again);
    expect(await subjects()).toContainEqual(['promo-code-within-limits', use?.promoCodeId]);
    await ctx.db.delete(promoUses).where(eq(promoUses.promoCodeId, use?.promoCodeId ?? ''));
    await ctx.db.update(orders).set({ promoCode: null }).where(eq(orders.id, orderId));
  });
});

const paying = (token: string, expectedTotalCents: number, email: string) =>
  ({ token, email, waiver: true, expectedTotalCents }) as const;

/** A shop of three photos at 7 € whose pro made a code of 10 %; the cart has all three, and the code. */
async function shopWithCode(asked: CodeInput = {}, given?: TestContext) {
  const ctx = given ?? (await createTestContext());
  const { actor, organisation } = await makePro(ctx);
  const shop = await makeShop(ctx, { event: { organisationId: organisation.id } });
  const pro = { ...ctx, actor };
  const { code } = await createPromoCode(pro, {
    code: `C${ctx.random.id().slice(-12)}`,
    eventId: null,
    off: { kind: 'percent', percent: 10 },
    ...asked,
  });
  const photos = shop.photos.map((photo) => photo.id);
  const token = await fillCart(ctx, shop.event.id, photos);
  await setCartCode(ctx, { token, code });
  return { ctx, pro, event: shop.event, photos, token, code };
}
