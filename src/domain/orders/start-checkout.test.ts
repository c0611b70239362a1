import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { makeAdmin, makePro, makeStartListEntry } from '../../../tests/factories.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { BIB, buy, checkOut, fillCart, makeShop, orderRow } from '../../../tests/shop.ts';
import { events } from '../events/tables.ts';
import { photos as photoTable } from '../photos/tables.ts';
import type { OfferInput } from '../pricing/offer-rules.ts';
import { setOffer } from '../pricing/set-offer.ts';
import { addToCart } from './add-to-cart.ts';
import { MAX_CART_LINES } from './cart.ts';
import { hashToken } from './find-cart.ts';
import { getCart } from './get-cart.ts';
import { removeFromCart } from './remove-from-cart.ts';
import { startCheckout } from './start-checkout.ts';
import { cartLines, carts, orderLines, orders, payments } from './tables.ts';

const EMAIL = 'camille@example.org';
const PAYING = { email: EMAIL, waiver: true as const, expectedTotalCents: 0 };
const OFFER: OfferInput = {
  selling: 'paid',
  sponsorName: null,
  photoCents: { web: 300, original: 700 },
  allPhotosCents: 2_400,
  preSaleCents: null,
  wholeEventCents: null,
  packs: [],
  tiers: [],
  discounts: [],
};

describe('cart', () => {
  test('a guest fills it by cookie across two events, and only the digest of the cookie is kept', async () => {
    const ctx = await createTestContext();
    const one = await makeShop(ctx);
    const two = await makeShop(ctx);
    const token = await fillCart(ctx, one.event.id, [one.photos[0]?.id ?? '']);
    await addToCart(ctx, { token, kind: 'all-photos', eventId: two.event.id, bib: BIB });
    const cart = await getCart(ctx, { token });
    expect([cart.lineCount, cart.totalCents, cart.groups.length]).toEqual([2, 3_100, 2]);
    const stored = await ctx.db.select().from(carts);
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  test('the same photo twice is one line', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const id = photos[0]?.id ?? '';
    const token = await fillCart(ctx, event.id, [id, id, id]);
    expect((await getCart(ctx, { token })).lineCount).toBe(1);
  });

  test('a photo that is hidden, not ready, or of another event cannot be added', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const other = await makeShop(ctx);
    const [hidden, waiting, sold] = photos;
    await ctx.db
      .update(photoTable)
      .set({ hiddenAt: new Date() })
      .where(eq(photoTable.id, hidden?.id ?? ''));
    await ctx.db
      .update(photoTable)
      .set({ state: 'prepared' })
      .where(eq(photoTable.id, waiting?.id ?? ''));
    for (const photoId of [hidden?.id ?? '', waiting?.id ?? '', other.photos[0]?.id ?? '', ctx.random.id()]) {
      await expect(fillCart(ctx, event.id, [photoId])).rejects.toMatchObject({ code: 'not-found' });
    }
    await expect(fillCart(ctx, other.event.id, [sold?.id ?? ''])).rejects.toMatchObject({
      code: 'not-found',
    });
    await ctx.db.update(events).set({ status: 'draft' }).where(eq(events.id, event.id));
    await expect(fillCart(ctx, event.id, [sold?.id ?? ''])).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a bib that is not on the photo gives no right to its cap', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx, { photos: 5 });
    let token: string | null = null;
    for (const { id } of photos) {
      const line = { token, kind: 'photo' as const, eventId: event.id, photoId: id, bib: '9' };
      ({ token } = await addToCart(ctx, line));
    }
    expect((await getCart(ctx, { token })).totalCents).toBe(3_500);
  });

  test('a cart claimed by an account follows it to another device and opens for nobody else', async () => {
    const guest = await createTestContext();
    const { event, photos } = await makeShop(guest);
    const token = await fillCart(guest, event.id, [photos[0]?.id ?? '']);
    const { actor } = await makeAdmin(guest);
    const signedIn = { ...guest, actor };
    await addToCart(signedIn, { token, kind: 'photo', eventId: event.id, photoId: photos[1]?.id ?? '' });
    expect((await getCart(signedIn, { token: null })).lineCount).toBe(2);
    expect((await getCart(guest, { token })).lineCount).toBe(0);
  });

  test('another cart’s lines cannot be taken out', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const mine = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
    const theirs = await fillCart(ctx, event.id, [photos[1]?.id ?? '']);
    const lineId = (await getCart(ctx, { token: theirs })).groups[0]?.lines[0]?.lineId ?? '';
    await removeFromCart(ctx, { token: mine, lineIds: [lineId] });
    expect((await getCart(ctx, { token: theirs })).lineCount).toBe(1);
    await removeFromCart(ctx, { token: theirs, lineIds: [lineId] });
    expect((await getCart(ctx, { token: theirs })).lineCount).toBe(0);
  });
});

describe('checkout', () => {
  test('freezes the server’s prices with the version of the waiver, and its lines sum to the total', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx, { photos: 5 });
    const token = await fillCart(
      ctx,
      event.id,
      photos.map((photo) => photo.id),
    );
    const { orderId } = await checkOut(ctx, token);
    const order = await orderRow(ctx, orderId);
    expect(order).toMatchObject({ state: 'pending', totalCents: 2_400, email: EMAIL, locale: 'fr' });
    expect(order.waiverVersion).toMatch(/^\d{4}-\d\d-\d\d$/);
    const lines = await ctx.db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
    expect(lines.reduce((sum, line) => sum + line.priceCents, 0)).toBe(2_400);
    await ctx.db.update(events).set({ photoPriceCents: 9_900 }).where(eq(events.id, event.id));
    expect((await orderRow(ctx, orderId)).totalCents).toBe(2_400);
  });

  test('PAY-08: ten clicks at once and two tabs make one order with one intent', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
    const clicks = await Promise.all(Array.from({ length: 10 }, () => checkOut(ctx, token)));
    expect(new Set(clicks.map((click) => click.orderId)).size).toBe(1);
    for (const { next } of clicks) expect(next).toEqual(clicks[0]?.next);
    expect(ctx.payments.intents.size).toBe(1);
  });

  test('PAY-08: a price that changed since the page was shown stops the sale and shows the new one', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
    await ctx.db.update(events).set({ photoPriceCents: 800 }).where(eq(events.id, event.id));
    const asked = { token, email: EMAIL, waiver: true as const, expectedTotalCents: 700 };
    expect(await startCheckout(ctx, asked)).toMatchObject({
      outcome: 'price-changed',
      cart: { totalCents: 800 },
    });
    const tampered = await startCheckout(ctx, { ...asked, expectedTotalCents: 0 });
    expect(tampered.outcome).toBe('price-changed');
    expect(ctx.payments.intents.size).toBe(0);
  });

  test('PAY-08: the back button after paying finds nothing left to pay', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
    await buy(ctx, token);
    const again = await startCheckout(ctx, { ...PAYING, token, expectedTotalCents: 700 });
    expect([again.outcome, ctx.payments.intents.size]).toEqual(['empty-cart', 1]);
  });

  test('the key is stored before the provider is called, and a crash there costs no second intent', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
    const { createIntent } = ctx.payments;
    const keys: string[] = [];
    const crashing = {
      ...ctx.payments,
      createIntent: async (input: Parameters<typeof createIntent>[0]) => {
        const stored = await ctx.db.select().from(payments).where(eq(payments.orderId, input.orderId));
        keys.push(stored[0]?.idempotencyKey ?? '');
        await createIntent(input);
        throw new Error('the answer was lost');
      },
    };
    await expect(checkOut({ ...ctx, payments: crashing }, token)).rejects.toThrow('the answer was lost');
    const { orderId } = await checkOut(ctx, token);
    expect(keys).toEqual([`order/${orderId}`]);
    expect(ctx.payments.intents.size).toBe(1);
  });

  test.each([
    'no-at-sign',
    'a@b',
    'a@example.org\nBcc: x@example.org',
    `${'a'.repeat(260)}@example.org`,
    '',
    'a@example.org, b@example.org',
  ])('refuses the e-mail address %j', async (email) => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
    await expect(checkOut(ctx, token, email)).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('an empty or unknown cart makes no order', async () => {
    const ctx = await createTestContext();
    const before = await ctx.db.$count(orders);
    for (const token of [null, 'x'.repeat(32)]) {
      const asked = { token, email: EMAIL, waiver: true as const, expectedTotalCents: 0 };
      expect(await startCheckout(ctx, asked)).toEqual({ outcome: 'empty-cart' });
    }
    expect(await ctx.db.$count(orders)).toBe(before);
  });
});

describe('PAY-09: what a client sends of prices counts for nothing', () => {
  test('an order costs what the server says, with its own currency, fee and sizes', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const photoId = photos[0]?.id ?? '';
    const line = { token: null, kind: 'photo' as const, eventId: event.id, photoId, bib: BIB };
    const wished = { priceCents: 1, fullCents: 1, quantity: -1e9, currency: 'jpy', reason: 'free' };
    const { token } = await addToCart(ctx, { ...line, ...wished });
    const lies = { ...wished, totalCents: 1, platformBps: 0, promoCode: 'FREE', packId: ctx.random.id() };
    const asked = { ...PAYING, ...lies, token, expectedTotalCents: 700 };
    const result = await startCheckout(ctx, asked);
    if (result.outcome !== 'started') throw new Error(result.outcome);
    const order = await orderRow(ctx, result.orderId);
    expect(order).toMatchObject({ totalCents: 700, currency: 'eur', promoCode: null });
    const lines = await ctx.db.select().from(orderLines).where(eq(orderLines.orderId, order.id));
    expect(lines).toMatchObject([
      { photoId, size: 'original', fullCents: 700, priceCents: 700, reason: 'single' },
    ]);
    expect(lines[0]?.terms).toMatchObject({ platformBps: 1_000 });
    expect([...ctx.payments.intents.values()]).toMatchObject([{ amountCents: 700, currency: 'eur' }]);
  });

  test.each([0, 1, 699, 701, 1e9])('a total of %d that was never shown pays nothing', async (cents) => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
    const result = await startCheckout(ctx, { ...PAYING, token, expectedTotalCents: cents });
    expect(result).toMatchObject({ outcome: 'price-changed', cart: { totalCents: 700 } });
    expect(ctx.payments.intents.size).toBe(0);
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 60, '700'])('a total of %s is refused', async (cents) => {
    const ctx = await createTestContext();
    const asked = { ...PAYING, token: null, expectedTotalCents: cents } as typeof PAYING;
    await expect(startCheckout(ctx, { ...asked, token: null })).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('a size, a runner, a whole event or a photo that is not for sale cannot be put into a cart', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const [photoId, eventId] = [photos[0]?.id ?? '', event.id];
    const base = { token: null, eventId };
    const codeOf = (line: object) =>
      addToCart(ctx, { ...base, ...line } as Parameters<typeof addToCart>[1]).catch((error) => error.code);
    expect(await codeOf({ kind: 'photo', photoId, size: 'web' })).toBe('not-found');
    expect(await codeOf({ kind: 'photo', photoId, size: 'huge' })).toBe('bad-input');
    expect(await codeOf({ kind: 'photo', photoId: `${photoId}' or 1=1` })).toBe('bad-input');
    expect(await codeOf({ kind: 'pack', photoId })).toBe('bad-input');
    expect(await codeOf({ kind: 'all-photos', bib: 'nobody' })).toBe('not-found');
    expect(await codeOf({ kind: 'all-photos', bib: 'x'.repeat(1e6) })).toBe('bad-input');
    expect(await codeOf({ kind: 'whole-event' })).toBe('forbidden');
    const pro = { ...ctx, actor: (await makePro(ctx)).actor };
    await expect(addToCart(pro, { ...base, kind: 'whole-event' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('a cart and a list of lines have bounds', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
    const [cart] = await ctx.db
      .select()
      .from(carts)
      .where(eq(carts.tokenHash, hashToken(token)));
    const lines = Array.from({ length: MAX_CART_LINES - 1 }, (_, index) => ({
      id: ctx.random.id(),
      cartId: cart?.id ?? '',
      eventId: event.id,
      kind: 'all-photos' as const,
      bib: `x${index}`,
      addedAt: ctx.clock.now(),
    }));
    await ctx.db.insert(cartLines).values(lines);
    await expect(
      addToCart(ctx, { token, kind: 'all-photos', eventId: event.id, bib: BIB }),
    ).rejects.toMatchObject({ code: 'conflict', public: { key: 'orders.cartFull' } });
    const lineIds = [...lines.map((line) => line.id), ctx.random.id(), ctx.random.id()];
    await expect(removeFromCart(ctx, { token, lineIds })).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('what an offer adds to the cart', () => {
  test('a photo changes its size, and the web size is paid or given as the offer says', async () => {
    const ctx = await createTestContext();
    const { pro, event, photos } = await makeOffer(ctx, { photoCents: { web: 300, original: 700 } });
    const line = { kind: 'photo' as const, eventId: event.id, photoId: photos[0]?.id ?? '', bib: BIB };
    const { token } = await addToCart(ctx, { ...line, token: null });
    await addToCart(ctx, { ...line, token, size: 'web' });
    expect(await getCart(ctx, { token })).toMatchObject({ lineCount: 1, totalCents: 300 });
    await setOffer(pro, { ...OFFER, eventId: event.id, selling: 'sponsored', sponsorName: 'Le Lac' });
    expect(await getCart(ctx, { token })).toMatchObject({
      totalCents: 0,
      groups: [{ sponsorName: 'Le Lac', lines: [{ size: 'web', reason: 'sponsored' }] }],
    });
    await setOffer(pro, { ...OFFER, eventId: event.id, selling: 'off' });
    expect(await getCart(ctx, { token })).toMatchObject({ lineCount: 0, goneLines: 1 });
  });

  test('before the start a runner without any photo yet is bought at the pre-sale’s price, and not after', async () => {
    const ctx = await createTestContext();
    const startsAt = new Date(ctx.clock.now().getTime() + 3600_000);
    const { event } = await makeOffer(ctx, { preSaleCents: 1_500 }, { startsAt });
    const line = { kind: 'all-photos' as const, eventId: event.id, bib: '4711' };
    const { token, cart } = await addToCart(ctx, { ...line, token: null });
    expect([cart.totalCents, cart.groups[0]?.lines[0]?.reason]).toEqual([1_500, 'pre-sale']);
    await makeStartListEntry(ctx, { eventId: event.id, bib: '4711' });
    await expect(addToCart(ctx, { ...line, token, bib: '4712' })).rejects.toMatchObject({
      public: { key: 'orders.unknownBib' },
    });
    ctx.clock.advance(3_600);
    expect(await getCart(ctx, { token })).toMatchObject({ lineCount: 0, goneLines: 1 });
    await expect(addToCart(ctx, { ...line, token: null })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a signed-in pro buys the whole event, and a guest who has the cart’s cookie does not', async () => {
    const ctx = await createTestContext();
    const { event } = await makeOffer(ctx, { wholeEventCents: 50_000 });
    const buyer = { ...ctx, actor: (await makePro(ctx)).actor };
    const { token } = await addToCart(buyer, { token: null, kind: 'whole-event', eventId: event.id });
    expect(await getCart(buyer, { token })).toMatchObject({
      totalCents: 50_000,
      groups: [{ lines: [{ kind: 'whole-event', photoCount: 3, reason: 'whole-event' }] }],
    });
    expect((await getCart(ctx, { token })).lineCount).toBe(0);
    await buy(buyer, token ?? '');
    expect((await getCart(buyer, { token })).lineCount).toBe(0);
  });
});

describe('another provider', () => {
  test('a shop without one freezes no cart', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
    const closed = { ...ctx, payments: { ...ctx.payments, name: 'none' as const } };
    await expect(checkOut(closed, token)).rejects.toMatchObject({ code: 'unavailable' });
    const frozen = await ctx.db.select().from(orderLines).where(eq(orderLines.eventId, event.id));
    expect(frozen).toEqual([]);
  });

  test('than that of an unpaid order gets an order of its own, whose notices find it', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
    const before = { ...ctx, payments: { ...ctx.payments, name: 'stripe' as const } };
    const first = await checkOut(before, token);
    const { orderId } = await buy(ctx, token);
    expect(orderId).not.toBe(first.orderId);
    expect((await orderRow(ctx, orderId)).state).toBe('paid');
  });
});

async function makeOffer(ctx: TestContext, offer: Partial<OfferInput>, { startsAt = ctx.clock.now() } = {}) {
  const { actor, organisation } = await makePro(ctx);
  const shop = await makeShop(ctx, { event: { organisationId: organisation.id, startsAt } });
  const pro = { ...ctx, actor };
  await setOffer(pro, { ...OFFER, ...offer, eventId: shop.event.id });
  return { ...shop, pro };
}
