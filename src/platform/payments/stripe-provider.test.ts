import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStripeServer, type StripeServer } from '../../../tests/doubles/stripe-server.ts';
import { openStripeProvider } from './open-stripe-provider.ts';
import { fromStripeAmount, toStripeAmount } from './stripe-amount.ts';

const clock = { now: () => new Date('2026-06-01T10:00:00Z') };

let server: StripeServer;
beforeAll(async () => {
  server = await openStripeServer({ now: clock.now });
});
afterAll(() => server.close());

const open = (options: { secretKey?: string; timeoutMs?: number; retries?: number } = {}) =>
  openStripeProvider({
    secretKey: server.key,
    apiUrl: server.url,
    webhookSecrets: ['whsec_own'],
    clock,
    ...options,
  });

let orders = 0;
function order() {
  orders += 1;
  return {
    orderId: `order-${orders}`,
    amountCents: 1500,
    currency: 'eur',
    idempotencyKey: `order/${orders}`,
    returnUrl: 'https://shop.example/fr/orders/s3cret',
    locale: 'fr' as const,
  };
}

const callsWith = (key: string) => server.calls.filter((call) => call.key === key);
const intentsOf = (orderId: string) =>
  [...server.books.intents.values()].filter((intent) => intent.metadata.orderId === orderId);

describe('Stripe', () => {
  it('is asked for every means of payment that the account has on, and knows order and group', async () => {
    const asked = order();
    const { id, next } = await open().createIntent(asked);
    const intent = server.books.intents.get(id);
    expect(next).toEqual({ kind: 'embedded', clientSecret: intent?.client_secret });
    expect(intent).toMatchObject({
      metadata: { orderId: asked.orderId },
      transfer_group: `ORDER_${asked.orderId}`,
      automatic_payment_methods: { enabled: true },
    });
  });

  it('PAY-08: an answer that was lost on the line is asked for again under its key: one intent', async () => {
    const asked = order();
    server.fail('lost', /payment_intents$/);
    const { id } = await open().createIntent(asked);
    expect(intentsOf(asked.orderId).map((intent) => intent.id)).toEqual([id]);
    expect(callsWith(asked.idempotencyKey)).toMatchObject([{ status: 0 }, { status: 200, replayed: true }]);
  });

  it('F5: an answer that never comes is no second intent when another process asks', async () => {
    const asked = order();
    server.fail('hold', /payment_intents$/);
    const dead = open({ timeoutMs: 200, retries: 0 }).createIntent(asked);
    await expect(dead).rejects.toMatchObject({ code: 'unavailable' });
    const { id } = await open().createIntent(asked);
    expect(server.release()).toBe(1);
    expect(intentsOf(asked.orderId).map((intent) => intent.id)).toEqual([id]);
  });

  it('F12: gives up in words after three tries when Stripe is down, and goes on when it is back', async () => {
    const asked = order();
    server.fail('500', /payment_intents$/, 3);
    const failed = open().createIntent(asked);
    await expect(failed).rejects.toMatchObject({
      code: 'unavailable',
      public: { key: 'platform.paymentsUnanswered' },
    });
    expect(callsWith(asked.idempotencyKey).map(({ status }) => status)).toEqual([500, 500, 500]);
    await open().createIntent(asked);
    expect(intentsOf(asked.orderId)).toHaveLength(1);
  });

  it('says that it is unavailable over the rate limit and with a wrong key, without the key in the message', async () => {
    server.fail('429', /payment_intents$/);
    await expect(open().createIntent(order())).rejects.toMatchObject({ code: 'unavailable' });
    const wrong = open({ secretKey: 'sk_test_wrong' }).createIntent(order());
    await expect(wrong).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.not.stringContaining('sk_'),
    });
  });

  it('says how a seller’s empty balance stops a reversal', async () => {
    const provider = open();
    const account = await provider.createSellerAccount({
      organisationId: 'organisation-1',
      email: 'lea@example.org',
      country: 'FR',
      idempotencyKey: 'seller/1',
    });
    server.world.onboard(account.id);
    const { id: intentId } = await provider.createIntent(order());
    server.world.pay(intentId);
    const { transferId } = await provider.transfer({
      outOf: 'payment',
      intentId,
      destinationId: account.id,
      amountCents: 900,
      currency: 'eur',
      idempotencyKey: 'transfer/1',
    });
    const charge = server.books.intents.get(intentId)?.latest_charge;
    expect(server.books.transfers.get(transferId)?.source_transaction).toBe(charge);
    server.books.sellerBalances.set(account.id, 100);
    const wish = { transferId, amountCents: 900 };
    expect(await provider.reverseTransfer({ ...wish, idempotencyKey: 'reversal/1' })).toEqual({
      outcome: 'balance-too-low',
    });
  });

  it.each([
    ['eur', 1501, 1501],
    ['jpy', 1500, 1500],
    ['kwd', 12_340, 12_340],
    ['isk', 1500, 150_000],
    ['ugx', 5000, 500_000],
  ])('PAY-12: counts %s as Stripe does', (currency, amountCents, amount) => {
    expect(toStripeAmount(amountCents, currency)).toBe(amount);
    expect(fromStripeAmount(amount, currency)).toBe(amountCents);
  });

  it('PAY-12: takes no thousandths that Stripe would not, and no amount of nine digits', () => {
    expect(() => toStripeAmount(12_345, 'kwd')).toThrow(expect.objectContaining({ code: 'bad-input' }));
    expect(() => toStripeAmount(100_000_000, 'eur')).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it('tells an inquiry, which a refund ends, from a dispute whose money is gone', async () => {
    const { id } = await open().createIntent(order());
    server.world.pay(id);
    const dispute = server.world.dispute(id);
    expect((await open().getDispute(dispute.id)).refundable).toBe(false);
    dispute.is_charge_refundable = true;
    expect((await open().getDispute(dispute.id)).refundable).toBe(true);
  });
});
