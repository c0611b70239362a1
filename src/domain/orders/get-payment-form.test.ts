import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStripeProvider } from '#platform/payments/open-stripe-provider.ts';
import { openStripeServer, type StripeServer } from '../../../tests/doubles/stripe-server.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { checkOut, fillCart, intentOf, makeShop } from '../../../tests/shop.ts';
import { getOrderBySecret } from './get-order.ts';
import { getPaymentForm } from './get-payment-form.ts';
import { reconcilePayments } from './reconcile-payments.ts';
import { payments } from './tables.ts';

let server: StripeServer;
beforeAll(async () => {
  server = await openStripeServer();
});
afterAll(() => server.close());

async function openShop() {
  const memory = await createTestContext({ config: { stripePublishableKey: 'pk_test_counterpart' } });
  const access = { secretKey: server.key, apiUrl: server.url, webhookSecrets: ['whsec_own'] };
  const stripe = openStripeProvider({ ...access, clock: memory.clock });
  const ctx = { ...memory, payments: { ...memory.payments, ...stripe } };
  const { event, photos } = await makeShop(ctx);
  return { ctx, token: await fillCart(ctx, event.id, [photos[0]?.id ?? '']) };
}

const intentsOf = (orderId: string) =>
  [...server.books.intents.values()].filter((intent) => intent.metadata.orderId === orderId);

describe('the payment form', () => {
  test('is open to whoever has the order’s link until it is paid', async () => {
    const { ctx, token } = await openShop();
    const { orderId, secret } = await checkOut(ctx, token);
    const intentId = await intentOf(ctx, orderId);
    expect(await getPaymentForm(ctx, { secret })).toMatchObject({
      outcome: 'open',
      totalCents: 700,
      currency: 'eur',
      email: 'camille@example.org',
      clientSecret: server.books.intents.get(intentId)?.client_secret,
      publishableKey: 'pk_test_counterpart',
      returnUrl: expect.stringContaining(`/fr/orders/${secret}`),
    });
    expect((await getOrderBySecret(ctx, { secret })).payUrl).toBe(`/fr/pay/${secret}`);
    server.world.pay(intentId);
    ctx.clock.advance(180);
    await reconcilePayments(ctx);
    expect(await getPaymentForm(ctx, { secret })).toEqual({ outcome: 'none' });
    expect((await getOrderBySecret(ctx, { secret })).payUrl).toBeNull();
    await expect(getPaymentForm(ctx, { secret: 'another' })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('F5: after a crash between Stripe’s answer and our commit it is the same intent’s', async () => {
    const { ctx, token } = await openShop();
    const { orderId, secret } = await checkOut(ctx, token);
    const first = await getPaymentForm(ctx, { secret });
    const lost = { intentId: null, next: null, state: 'starting' as const };
    await ctx.db.update(payments).set(lost).where(eq(payments.orderId, orderId));
    expect(await getPaymentForm(ctx, { secret })).toEqual(first);
    expect(intentsOf(orderId).map(({ id }) => id)).toEqual([await intentOf(ctx, orderId)]);
  });

  test('F12: while Stripe is down, paying is refused in words, and the next click has one order and one intent', async () => {
    const { ctx, token } = await openShop();
    server.fail('lost', /payment_intents$/, 3);
    await expect(checkOut(ctx, token)).rejects.toMatchObject({
      code: 'unavailable',
      public: { key: 'platform.paymentsUnanswered' },
    });
    const { orderId } = await checkOut(ctx, token);
    expect((await checkOut(ctx, token)).orderId).toBe(orderId);
    expect(intentsOf(orderId)).toHaveLength(1);
    expect(server.calls.filter(({ key }) => key === `order/${orderId}`)).toHaveLength(4);
  });

  test('F12: a failure that Stripe repeats under its key ends with the key of the next half hour', async () => {
    const { ctx, token } = await openShop();
    server.fail('kept-500', /payment_intents$/);
    await expect(checkOut(ctx, token)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(checkOut(ctx, token)).rejects.toMatchObject({ code: 'unavailable' });
    ctx.clock.advance(31 * 60);
    const { orderId } = await checkOut(ctx, token);
    expect(intentsOf(orderId).map(({ id }) => id)).toEqual([await intentOf(ctx, orderId)]);
    expect(server.calls.at(-1)?.key).toBe(`order/${orderId}/1`);
  });

  test('PAY-08: a second click a day later asks Stripe nothing, whose key is forgotten by then', async () => {
    const { ctx, token } = await openShop();
    const first = await checkOut(ctx, token);
    const calls = server.calls.length;
    ctx.clock.advance(86_000);
    expect(await checkOut(ctx, token)).toEqual(first);
    expect(server.calls.length).toBe(calls);
  });
});
