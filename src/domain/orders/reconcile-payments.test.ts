import { expect, test } from 'vitest';
import { makeOrder, makePayment } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { checkOut, fillCart, intentOf, makeShop, orderRow } from '../../../tests/shop.ts';
import { reconcilePayments } from './reconcile-payments.ts';

test('PAY-07: an order of today is not kept waiting by hundreds that nobody will ever pay', async () => {
  const ctx = await createTestContext();
  for (let made = 0; made < 200; made += 1) {
    const { id: orderId } = await makeOrder(ctx);
    await makePayment(ctx, { orderId, provider: ctx.payments.name, intentId: ctx.random.id() });
  }
  ctx.clock.advance(2 * 3600);
  const { event, photos } = await makeShop(ctx);
  const { orderId } = await checkOut(ctx, await fillCart(ctx, event.id, [photos[0]?.id ?? '']));
  ctx.payments.settle(await intentOf(ctx, orderId), 'succeeded');
  ctx.clock.advance(180);
  expect(await reconcilePayments(ctx)).toBe(200);
  expect((await orderRow(ctx, orderId)).state).toBe('paid');
});
