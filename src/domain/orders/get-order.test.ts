import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { makeAdmin, makeOrder, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { buy, checkOut, deliverWaiting, fillCart, makeShop, orderRow } from '../../../tests/shop.ts';
import { exportOrders } from './export-orders.ts';
import { getCart } from './get-cart.ts';
import { getOrderBySecret } from './get-order.ts';
import { listOrders } from './list-orders.ts';
import { listOwnSales } from './list-own-sales.ts';
import { orders } from './tables.ts';

describe('an order by its link', () => {
  test('opens for its secret alone, and the database does not hold that secret', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const { secret, orderId } = await buy(ctx, await fillCart(ctx, event.id, [photos[0]?.id ?? '']));
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect((await getOrderBySecret(ctx, { secret })).orderId).toBe(orderId);
    const row = await orderRow(ctx, orderId);
    expect(JSON.stringify(row)).not.toContain(secret);
    for (const wrong of [secret.slice(0, -1), `${secret}A`, row.secretHash, orderId, row.number, '']) {
      await expect(getOrderBySecret(ctx, { secret: wrong })).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  test('gives no download address before it is paid, nor after it is refunded or disputed', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const { secret, orderId } = await buy(ctx, await fillCart(ctx, event.id, [photos[0]?.id ?? '']));
    for (const state of ['pending', 'processing', 'failed', 'cancelled', 'refunded', 'disputed'] as const) {
      await ctx.db.update(orders).set({ state }).where(eq(orders.id, orderId));
      const order = await getOrderBySecret(ctx, { secret });
      expect(order.archives, state).toEqual([]);
      expect(order.files.map((file) => file.downloadUrl)).toEqual([null]);
    }
  });

  test('shows where to pay while it waits, and tells the waiver as it was ticked', async () => {
    const ctx = await createTestContext({ locale: 'en' });
    const { event, photos } = await makeShop(ctx);
    const { secret, next } = await checkOut(ctx, await fillCart(ctx, event.id, [photos[0]?.id ?? '']));
    const order = await getOrderBySecret(ctx, { secret });
    expect(order.payUrl).toBe(next.kind === 'redirect' ? next.url : '');
    expect(order.waiver.statements[1]).toContain('right of withdrawal');
    expect(order.waiver.waivedAt).toEqual(ctx.clock.now());
  });

  test('an order of free photos is delivered without any payment', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx, { event: { photoPriceCents: 0, allPhotosPriceCents: 0 } });
    const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
    const { secret } = await checkOut(ctx, token);
    expect(ctx.payments.intents.size).toBe(0);
    expect(await deliverWaiting(ctx)).toBe(1);
    expect((await getOrderBySecret(ctx, { secret })).files).toHaveLength(1);
    expect((await getCart(ctx, { token })).lineCount).toBe(0);
  });
});

describe('who sees sales', () => {
  test('an organisation sees its own paid sales and nobody else’s', async () => {
    const ctx = await createTestContext();
    const [mine, other] = [await makePro(ctx), await makePro(ctx)];
    const shop = await makeShop(ctx, { photos: 2, event: { organisationId: mine.organisation.id } });
    const ids = shop.photos.map((photo) => photo.id);
    await buy(ctx, await fillCart(ctx, shop.event.id, ids));
    await checkOut(ctx, await fillCart(ctx, shop.event.id, ids));
    const sales = await listOwnSales({ ...ctx, actor: mine.actor });
    expect(sales).toEqual([
      {
        eventId: shop.event.id,
        eventName: shop.event.name,
        currency: 'eur',
        orders: 1,
        photosSold: 2,
        packsSold: 0,
        grossCents: 1_400,
      },
    ]);
    expect(await listOwnSales({ ...ctx, actor: other.actor })).toEqual([]);
    await expect(listOwnSales(ctx)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('lists of orders leave none out where many were made at one instant', async () => {
    const ctx = await createTestContext();
    const { actor } = await makeAdmin(ctx);
    const [email, createdAt] = [`${ctx.random.id()}@example.org`, ctx.clock.now()];
    const made = await Promise.all(Array.from({ length: 5 }, () => makeOrder(ctx, { email, createdAt })));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listOrders({ ...ctx, actor }, { search: email, after, limit: 2 });
      seen.push(...page.map((order) => order.orderId));
      after = page.at(-1)?.orderId;
    } while (after);
    expect(seen.toSorted()).toEqual(made.map((order) => order.id).toSorted());
    let table = '';
    for await (const piece of exportOrders({ ...ctx, actor }, { search: email })) table += piece;
    expect(table.trimEnd().split('\r\n')).toHaveLength(6);
  });

  test('only an operator lists orders, by state and by part of a number', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx);
    const { orderId } = await buy(ctx, await fillCart(ctx, event.id, [photos[0]?.id ?? '']));
    const { number } = await orderRow(ctx, orderId);
    const { actor } = await makeAdmin(ctx);
    const pro = await makePro(ctx);
    const found = await listOrders({ ...ctx, actor }, { state: 'paid', search: number.slice(3) });
    expect(found.map((order) => order.orderId)).toEqual([orderId]);
    expect(await listOrders({ ...ctx, actor }, { search: '%' })).toEqual([]);
    const [intentId = ''] = ctx.payments.intents.keys();
    const paidBy = await listOrders({ ...ctx, actor }, { search: intentId });
    expect(paidBy.map((order) => order.number)).toEqual([number]);
    for (const nobody of [ctx, { ...ctx, actor: pro.actor }]) {
      await expect(listOrders(nobody, {})).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});
