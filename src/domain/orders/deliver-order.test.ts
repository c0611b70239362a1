import { describe, expect, test } from 'vitest';
import type { Context } from '#context.ts';
import { storageUnavailable } from '#platform/storage/storage-errors.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { checkOut, fillCart, intentOf, makeShop, orderRow } from '../../../tests/shop.ts';
import { applyPaymentEvent } from './apply-payment-event.ts';
import { sweepDeliveries } from './sweep-deliveries.ts';

const MINUTE = 60;

/** A paid order of so many single photos; nothing is delivered yet. */
async function paidOrder(photos: number) {
  const ctx = await createTestContext();
  const shop = await makeShop(ctx, { photos });
  const ids = shop.photos.map((photo) => photo.id);
  const { orderId } = await checkOut(ctx, await fillCart(ctx, shop.event.id, ids));
  await applyPaymentEvent(ctx, { event: ctx.payments.settle(await intentOf(ctx, orderId), 'succeeded') });
  return { ctx, orderId, photos: shop.photos };
}

describe('a paid order', () => {
  test('whose delivery job died while the storage was down is delivered once it is back, with one mail', async () => {
    const { ctx, orderId } = await paidOrder(2);
    ctx.queue.jobs.splice(0);
    const head = () => Promise.reject(storageUnavailable('down'));
    const broken: Context = { ...ctx, storage: { ...ctx.storage, head } };
    ctx.clock.advance(5 * MINUTE);
    await sweepDeliveries(ctx);
    expect((await orderRow(ctx, orderId)).deliveredAt).toBeNull();
    ctx.clock.advance(15 * MINUTE);
    expect(await sweepDeliveries(broken)).toBe(0);
    expect((await orderRow(ctx, orderId)).deliveredAt).toBeNull();
    expect(await sweepDeliveries(ctx)).toBe(1);
    expect((await orderRow(ctx, orderId)).deliveredAt).toEqual(ctx.clock.now());
    expect(await sweepDeliveries(ctx)).toBe(0);
    expect(ctx.mail.posted.map((mail) => mail.kind)).toEqual(['order-ready']);
  });
});
