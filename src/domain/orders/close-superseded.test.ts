import { expect, test } from 'vitest';
import { createTestContext } from '../../../tests/harness.ts';
import { buy, checkOut, fillCart, intentOf, makeShop, orderRow } from '../../../tests/shop.ts';
import { addToCart } from './add-to-cart.ts';
import { applyPaymentEvent } from './apply-payment-event.ts';
import { closeSuperseded } from './close-superseded.ts';
import { closeSupersededJob } from './jobs.ts';

test('PAY-08: a cart that was checked out twice is paid once: its other unpaid orders of the same are closed', async () => {
  const ctx = await createTestContext();
  const { event, photos } = await makeShop(ctx);
  const [one = '', two = '', three = ''] = photos.map((photo) => photo.id);
  const token = await fillCart(ctx, event.id, [one]);
  const wrongAddress = await checkOut(ctx, token, 'camile@example.org');
  const first = await checkOut(ctx, token);
  await addToCart(ctx, { token, kind: 'photo', eventId: event.id, photoId: two, bib: null });
  const second = await checkOut(ctx, token);
  await applyPaymentEvent(ctx, {
    event: ctx.payments.settle(await intentOf(ctx, first.orderId), 'succeeded'),
  });
  await addToCart(ctx, { token, kind: 'photo', eventId: event.id, photoId: three, bib: null });
  const next = await checkOut(ctx, token);
  const [job] = ctx.queue.named(closeSupersededJob.name);
  await closeSuperseded(ctx, closeSupersededJob.parse(job?.data));
  const states = [wrongAddress, first, second].map(({ orderId }) => orderRow(ctx, orderId));
  expect((await Promise.all(states)).map(({ state }) => state)).toEqual(['cancelled', 'paid', 'cancelled']);
  expect((await ctx.payments.getIntent(await intentOf(ctx, second.orderId))).state).toBe('cancelled');
  // What was added after the payment is sold by an order of its own.
  expect((await orderRow(ctx, next.orderId)).state).toBe('pending');
});

test('an order that nothing supersedes asks for no closing', async () => {
  const ctx = await createTestContext();
  const { event, photos } = await makeShop(ctx);
  await buy(ctx, await fillCart(ctx, event.id, [photos[0]?.id ?? '']));
  expect(ctx.queue.named(closeSupersededJob.name)).toEqual([]);
});
