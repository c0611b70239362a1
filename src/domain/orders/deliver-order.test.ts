import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { storageUnavailable } from '#platform/storage/storage-errors.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { checkOut, fillCart, intentOf, makeShop, orderRow } from '../../../tests/shop.ts';
import { photos as photoTable } from '../photos/tables.ts';
import { applyPaymentEvent } from './apply-payment-event.ts';
import { deliverOrder } from './deliver-order.ts';
import { sendRefundJob } from './jobs.ts';
import { findRightToPhotos } from './right-to-photos.ts';
import { sendRefund } from './send-refund.ts';
import { sweepDeliveries } from './sweep-deliveries.ts';
import { refunds } from './tables.ts';

const MINUTE = 60;
const HOUR = 3600;

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

  test('whose files are all missing at once is never refunded by itself, and delivered when they are back', async () => {
    const { ctx, orderId } = await paidOrder(2);
    const objects = new Map(ctx.storage.objects);
    ctx.storage.objects.clear();
    for (const hours of [0, 7, 40]) {
      ctx.clock.advance(hours * HOUR);
      await expect(deliverOrder(ctx, { orderId })).rejects.toMatchObject({ code: 'unavailable' });
    }
    expect([await refundsOf(ctx, orderId), ctx.mail.posted]).toEqual([[], []]);
    for (const [key, object] of objects) ctx.storage.objects.set(key, object);
    await sweepDeliveries(ctx);
    expect((await findRightToPhotos(ctx, { orderId })).size).toBe(2);
    expect(ctx.mail.posted.map((mail) => mail.kind)).toEqual(['order-ready']);
  });

  test('gets what is there at once, and what was missing as soon as it is back', async () => {
    const { ctx, orderId, photos } = await paidOrder(3);
    const [key = ''] = photos.map((photo) => photo.originalKey);
    const kept = ctx.storage.objects.get(key);
    await ctx.storage.remove([key]);
    await deliverOrder(ctx, { orderId });
    expect((await findRightToPhotos(ctx, { orderId })).size).toBe(2);
    expect(ctx.mail.posted.map((mail) => mail.kind)).toEqual(['order-ready']);
    ctx.clock.advance(5 * HOUR);
    await sweepDeliveries(ctx);
    await ctx.storage.put(key, kept?.body ?? Buffer.alloc(0), 'image/jpeg');
    ctx.clock.advance(2 * HOUR);
    await sweepDeliveries(ctx);
    expect((await findRightToPhotos(ctx, { orderId })).size).toBe(3);
    expect(await refundsOf(ctx, orderId)).toEqual([]);
  });

  test('is refunded for a missing file hours later, yet not while the storage has lost the others too', async () => {
    const { ctx, orderId, photos } = await paidOrder(2);
    const [first = '', second = ''] = photos.map((photo) => photo.originalKey);
    const kept = ctx.storage.objects.get(second);
    await ctx.storage.remove([first]);
    await deliverOrder(ctx, { orderId });
    await ctx.storage.remove([second]);
    ctx.clock.advance(7 * HOUR);
    await sweepDeliveries(ctx);
    expect(await refundsOf(ctx, orderId)).toEqual([]);
    await ctx.storage.put(second, kept?.body ?? Buffer.alloc(0), 'image/jpeg');
    await sweepDeliveries(ctx);
    expect(await refundsOf(ctx, orderId)).toEqual([['asked', 700]]);
  });

  test('is refunded at once for a photo that broke, and once, also when the provider refuses', async () => {
    const { ctx, orderId, photos } = await paidOrder(2);
    const { id } = photos[0] ?? { id: '' };
    await ctx.db.update(photoTable).set({ state: 'failed' }).where(eq(photoTable.id, id));
    await deliverOrder(ctx, { orderId });
    expect(await refundsOf(ctx, orderId)).toEqual([['asked', 700]]);
    const refund = () =>
      Promise.reject(new DomainError('conflict', { public: { key: 'orders.refundTooMuch' } }));
    const [asked] = ctx.queue.named('send-refund');
    const refusing: Context = { ...ctx, payments: { ...ctx.payments, refund } };
    await sendRefund(refusing, sendRefundJob.parse(asked?.data));
    ctx.clock.advance(HOUR);
    await sweepDeliveries(ctx);
    expect(await refundsOf(ctx, orderId)).toEqual([['failed', 700]]);
  });
});

async function refundsOf(ctx: Context, orderId: string) {
  const asked = await ctx.db.select().from(refunds).where(eq(refunds.orderId, orderId));
  return asked.map((refund) => [refund.state, refund.amountCents]);
}
