import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StripeEvent } from '../../../tests/doubles/stripe-books.ts';
import { openStripeServer, type StripeServer } from '../../../tests/doubles/stripe-server.ts';
import { signEvent } from '../../../tests/doubles/stripe-webhooks.ts';
import { openStripeProvider } from './open-stripe-provider.ts';
import type { PaymentEvent } from './payment-event.ts';
import type { PaymentProvider } from './payments.ts';
import { STRIPE_EVENTS } from './stripe-events.ts';

const now = new Date('2026-06-01T10:00:00Z');
const [secret, previous, connect] = ['whsec_now', 'whsec_before', 'whsec_connect'];

let server: StripeServer;
let provider: PaymentProvider;
beforeAll(async () => {
  server = await openStripeServer({ now: () => now });
  provider = openStripeProvider({
    secretKey: server.key,
    apiUrl: server.url,
    webhookSecrets: [secret, previous, connect],
    clock: { now: () => now },
  });
});
afterAll(() => server.close());

async function read(event: StripeEvent, key = secret): Promise<PaymentEvent[]> {
  const { body, signature } = signEvent(event, { secret: key, now });
  return provider.readEvents(Buffer.from(body), { 'stripe-signature': signature });
}

let keys = 0;
const key = () => {
  keys += 1;
  return `key-${keys}`;
};

async function paid(): Promise<string> {
  const fixed = { returnUrl: 'https://shop.example/', locale: 'fr' as const, idempotencyKey: key() };
  const { id } = await provider.createIntent({
    ...fixed,
    orderId: 'order-1',
    amountCents: 1500,
    currency: 'eur',
  });
  server.world.pay(id);
  return id;
}

async function seller(): Promise<string> {
  const asked = { organisationId: 'organisation-1', email: 'lea@example.org', country: 'FR' };
  const { id } = await provider.createSellerAccount({ ...asked, idempotencyKey: key() });
  server.world.onboard(id);
  return id;
}

/** Everything that can happen, once. */
async function liveThroughAll(): Promise<void> {
  const { world } = server;
  const delayed = await provider.createIntent({
    ...{ returnUrl: 'https://shop.example/', locale: 'fr' as const },
    ...{ orderId: 'order-2', amountCents: 900, currency: 'eur', idempotencyKey: key() },
  });
  world.pay(delayed.id, 'processing');
  world.settle(delayed.id, 'decline');
  await provider.cancelIntent({ intentId: delayed.id, idempotencyKey: key() });
  const intentId = await paid();
  const destinationId = await seller();
  const money = { intentId, amountCents: 500, currency: 'eur' };
  const { transferId } = await provider.transfer({
    ...money,
    outOf: 'payment',
    destinationId,
    idempotencyKey: key(),
  });
  await provider.reverseTransfer({ transferId, amountCents: 100, idempotencyKey: key() });
  await provider.refund({ ...money, amountCents: 200, idempotencyKey: key() });
  const { refundId } = await provider.refund({ ...money, idempotencyKey: key() });
  server.books.tell('refund.updated', server.books.refunds.get(refundId) ?? {});
  world.failRefund(refundId);
  world.warnOfFraud(intentId);
  const { id: disputeId } = world.dispute(intentId);
  await provider.keepEvidence({ disputeId, evidence: {}, submit: true, idempotencyKey: key() });
  world.closeDispute(disputeId, 'won');
  world.payOut(null, 1000);
  world.payOut(destinationId, 400, true);
  world.leave(destinationId);
}

describe('Stripe’s notices', () => {
  it('are all understood: every one we ask Stripe for has its kind', async () => {
    await liveThroughAll();
    const kinds = new Map<string, Set<string>>();
    for (const event of server.books.events.values()) {
      for (const { kind } of await read(event)) {
        kinds.set(event.type, (kinds.get(event.type) ?? new Set()).add(kind));
      }
    }
    const wanted = [...STRIPE_EVENTS.platform, ...STRIPE_EVENTS.sellers];
    expect([...kinds.keys()].filter((type) => type !== 'refund.created').toSorted()).toEqual(
      [...new Set(wanted)].toSorted(),
    );
    const told = Object.fromEntries([...kinds].map(([type, set]) => [type, [...set].join()]));
    expect(told).toMatchObject({
      'payment_intent.processing': 'processing',
      'payment_intent.payment_failed': 'failed',
      'payment_intent.canceled': 'cancelled',
      'payment_intent.succeeded': 'succeeded',
      'charge.dispute.created': 'dispute-opened',
      'charge.dispute.updated': 'dispute-updated',
      'charge.dispute.closed': 'dispute-won',
      'charge.dispute.funds_withdrawn': 'dispute-funds-withdrawn',
      'charge.dispute.funds_reinstated': 'dispute-funds-reinstated',
      'radar.early_fraud_warning.created': 'fraud-warning',
      'refund.failed': 'refund-failed',
      'transfer.created': 'transfer-created',
      'transfer.reversed': 'transfer-reversed',
      'payout.paid': 'payout-paid',
      'payout.failed': 'payout-failed',
      'account.application.deauthorized': 'seller-left',
      'refund.created': 'unknown',
    });
  });

  it('that come late are read as things are now: a refund that failed meanwhile is no refund', async () => {
    const intentId = await paid();
    const part = { intentId, amountCents: 600 };
    const first = await provider.refund({ ...part, idempotencyKey: key() });
    const second = await provider.refund({ ...part, idempotencyKey: key() });
    const charged = [...server.books.events.values()]
      .filter((event) => event.type === 'charge.refunded')
      .at(-1);
    server.world.failRefund(first.refundId);
    if (!charged) throw new Error('no notice');
    expect(await read(charged)).toMatchObject([
      { kind: 'refunded', refundId: second.refundId, refundedCents: 600, intentId },
    ]);
  });

  it('of a seller who has left meanwhile say that', async () => {
    const accountId = await seller();
    const updated = [...server.books.events.values()].at(-1);
    server.world.leave(accountId);
    if (!updated) throw new Error('no notice');
    expect(await read(updated, connect)).toMatchObject([{ kind: 'seller-left', accountId }]);
  });

  it('of what is no more, and of kinds nobody asked for, are named and nothing else', async () => {
    const gone = server.books.tell('charge.dispute.closed', { id: 'dp_gone', object: 'dispute' });
    const odd = server.books.tell('customer.created', { id: 'cus_1', object: 'customer' });
    expect(await read(gone)).toMatchObject([{ kind: 'unknown', type: 'charge.dispute.closed' }]);
    expect(await read(odd)).toMatchObject([{ kind: 'unknown', type: 'customer.created' }]);
  });

  it('of a seller’s own business move nothing of ours, and are never looked up', async () => {
    const intentId = await paid();
    const paidEvent = [...server.books.events.values()].findLast(({ type }) => type.endsWith('succeeded'));
    const accountId = await seller();
    if (!paidEvent) throw new Error('no notice');
    expect(await read(paidEvent)).toMatchObject([{ kind: 'succeeded', intentId }]);
    const calls = server.calls.length;
    for (const type of STRIPE_EVENTS.platform.filter((one) => !one.startsWith('payout.'))) {
      const own = { ...paidEvent, type, account: accountId };
      expect(await read(own, connect)).toMatchObject([{ kind: 'unknown', type }]);
      expect(await read({ ...own, livemode: true }, connect)).toMatchObject([{ kind: 'unknown', type }]);
    }
    expect(server.calls.length).toBe(calls);
    server.world.payOut(accountId, 400);
    const payout = [...server.books.events.values()].at(-1);
    if (!payout) throw new Error('no notice');
    expect(await read(payout, connect)).toMatchObject([{ kind: 'payout-paid', accountId }]);
  });

  it('PAY-05: of the other mode are marked, and never looked up', async () => {
    const intentId = await paid();
    const [paidEvent] = [...server.books.events.values()].slice(-1);
    if (!paidEvent) throw new Error('no notice');
    const calls = server.calls.length;
    expect(await read({ ...paidEvent, livemode: true })).toMatchObject([
      { kind: 'succeeded', intentId, otherMode: true },
    ]);
    const refunded = { ...paidEvent, livemode: true, type: 'charge.refunded' };
    expect(await read(refunded)).toMatchObject([{ kind: 'other-mode', type: 'charge.refunded' }]);
    expect(server.calls.length).toBe(calls);
  });

  it('PAY-04: are taken under the old secret while it is replaced, and as the SDK itself signs them', async () => {
    const event = server.books.tell('customer.created', { id: 'cus_2', object: 'customer' });
    for (const known of [secret, previous, connect]) expect(await read(event, known)).toHaveLength(1);
    await expect(read(event, 'whsec_other')).rejects.toMatchObject({ code: 'bad-input' });
    const payload = JSON.stringify(event);
    const timestamp = Math.floor(now.getTime() / 1000);
    const header = new Stripe('sk_test_none').webhooks.generateTestHeaderString({
      payload,
      secret,
      timestamp,
    });
    expect(await provider.readEvents(Buffer.from(payload), { 'stripe-signature': header })).toHaveLength(1);
  });

  it('that are signed and are no notice are refused', async () => {
    const odd = [{}, { id: 'evt_1' }, { ...server.books.tell('payment_intent.succeeded', { id: 'pi_1' }) }];
    for (const body of odd) {
      const text = JSON.stringify(body);
      const header = new Stripe('sk_test_none').webhooks.generateTestHeaderString({
        payload: text,
        secret,
        timestamp: Math.floor(now.getTime() / 1000),
      });
      const reading = provider.readEvents(Buffer.from(text), { 'stripe-signature': header });
      await expect(reading).rejects.toMatchObject({ code: 'bad-input' });
    }
  });
});
