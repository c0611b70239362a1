import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type OpenedPayments,
  openOnStripe,
  openOnTestProvider,
  paymentsClock,
  type Started,
} from '../../../tests/doubles/opened-payments.ts';
import { systemRandom } from '../system-clock.ts';
import { TEST_SIGNATURE_HEADER } from './open-test-provider.ts';

// vitest: alone

const returnUrl = 'https://shop.example/fr/orders/s3cret';

describe.each([
  ['the test provider', openOnTestProvider],
  ['Stripe', openOnStripe],
])('payments by %s', (_, open) => {
  let opened: OpenedPayments;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  const key = () => `key-${systemRandom.id()}`;
  const refusal = (code: string) => expect.objectContaining({ code });

  function order(change: { amountCents?: number; currency?: string; idempotencyKey?: string } = {}) {
    const idempotencyKey = key();
    const fixed = { returnUrl, locale: 'fr' as const, orderId: `order-${idempotencyKey}` };
    return { amountCents: 1500, currency: 'eur', idempotencyKey, ...fixed, ...change };
  }

  async function paid(change: { amountCents?: number; currency?: string } = {}): Promise<Started> {
    const intent = await opened.provider.createIntent(order(change));
    await opened.pay(intent, 'succeed');
    await opened.notices();
    return intent;
  }

  async function readySeller() {
    const made = await opened.provider.createSellerAccount(seller());
    const link = { accountId: made.id, returnUrl, refreshUrl: returnUrl, idempotencyKey: key() };
    await opened.provider.startOnboarding(link);
    await opened.onboard(made.id);
    await opened.notices();
    return made;
  }

  const seller = () => ({
    organisationId: 'organisation-1',
    email: 'lea@example.org',
    country: 'FR',
    idempotencyKey: key(),
  });

  it('PAY-08: gives one intent for one key, however often it is asked, and knows its order', async () => {
    const asked = order();
    const answers = await Promise.all([1, 2, 3].map(() => opened.provider.createIntent(asked)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers[1]).toEqual(answers[0]);
    const { next: _next, ...intent } = await opened.provider.createIntent(asked);
    expect(await opened.provider.getIntent(intent.id)).toEqual(intent);
    expect(intent).toMatchObject({
      orderId: asked.orderId,
      amountCents: 1500,
      currency: 'eur',
      state: 'requires-payment',
      refundedCents: 0,
    });
  });

  it('refuses a key used again for another amount, and what is no amount', async () => {
    const asked = order();
    await opened.provider.createIntent(asked);
    const other = opened.provider.createIntent({ ...asked, amountCents: 1600 });
    await expect(other).rejects.toThrow(refusal('conflict'));
    for (const amountCents of [0, -1, 1.5, Number.NaN, 1e15]) {
      const none = opened.provider.createIntent(order({ amountCents }));
      await expect(none).rejects.toThrow(refusal('bad-input'));
    }
  });

  it.each([
    ['jpy', 1500],
    ['eur', 1501],
    ['kwd', 12_340],
  ])('PAY-12: counts in the minor unit of %s', async (currency, amountCents) => {
    const intent = await paid({ currency, amountCents });
    expect(intent).toMatchObject({ currency, amountCents });
    expect(await opened.provider.getIntent(intent.id)).toMatchObject({ currency, amountCents });
  });

  it('does not know an intent, a seller or a dispute that it never made', async () => {
    const { provider } = opened;
    await expect(provider.getIntent('pi_none')).rejects.toThrow(refusal('not-found'));
    await expect(provider.getDispute('dp_none')).rejects.toThrow(refusal('not-found'));
  });

  it('tells of a decline, and of the payment that follows it', async () => {
    const intent = await opened.provider.createIntent(order());
    await opened.pay(intent, 'decline');
    expect((await opened.provider.getIntent(intent.id)).state).toBe('failed');
    await opened.pay(intent, 'succeed');
    expect((await opened.provider.getIntent(intent.id)).state).toBe('succeeded');
    const told = await opened.notices();
    expect(told.map(({ kind }) => kind)).toEqual(['failed', 'succeeded']);
    const facts = { intentId: intent.id, orderId: intent.orderId, amountCents: 1500, currency: 'eur' };
    for (const event of told) expect(event).toMatchObject(facts);
    expect(new Set(told.map(({ id }) => id)).size).toBe(2);
  });

  it('says that a bank debit is on its way until it has arrived', async () => {
    const intent = await opened.provider.createIntent(order());
    await opened.pay(intent, 'delay');
    expect((await opened.provider.getIntent(intent.id)).state).toBe('processing');
    await opened.settle(intent.id);
    expect((await opened.provider.getIntent(intent.id)).state).toBe('succeeded');
    expect((await opened.notices()).map(({ kind }) => kind)).toEqual(['processing', 'succeeded']);
  });

  it('closes an intent that nobody paid, once, and none that was paid', async () => {
    const intent = await opened.provider.createIntent(order());
    const cancel = { intentId: intent.id, idempotencyKey: key() };
    expect((await opened.provider.cancelIntent(cancel)).state).toBe('cancelled');
    expect((await opened.provider.cancelIntent(cancel)).state).toBe('cancelled');
    expect((await opened.notices()).map(({ kind }) => kind)).toEqual(['cancelled']);
    const done = await paid();
    const late = opened.provider.cancelIntent({ intentId: done.id, idempotencyKey: key() });
    await expect(late).rejects.toThrow(refusal('conflict'));
  });

  it('PAY-11: refunds in parts, each key once, never more than was paid, and tells each part', async () => {
    const { id: intentId } = await paid();
    const { provider } = opened;
    const part = { intentId, amountCents: 600, idempotencyKey: key() };
    const first = await provider.refund(part);
    expect(await provider.refund(part)).toEqual(first);
    await expect(provider.refund({ ...part, amountCents: 1 })).rejects.toThrow(refusal('conflict'));
    const second = await provider.refund({ ...part, amountCents: 500, idempotencyKey: key() });
    const over = provider.refund({ ...part, amountCents: 401, idempotencyKey: key() });
    await expect(over).rejects.toThrow(refusal('conflict'));
    const third = await provider.refund({ ...part, amountCents: 400, idempotencyKey: key() });
    const fourth = provider.refund({ ...part, amountCents: 1, idempotencyKey: key() });
    await expect(fourth).rejects.toThrow(refusal('conflict'));
    expect((await provider.getIntent(intentId)).refundedCents).toBe(1500);
    expect(await provider.getRefund({ intentId, refundId: second.refundId })).toEqual({ state: 'succeeded' });
    const elsewhere = provider.getRefund({ intentId: 'pi_other', refundId: second.refundId });
    await expect(elsewhere).rejects.toThrow(refusal('not-found'));
    const told = (await opened.notices()).flatMap((event) =>
      event.kind === 'refunded' ? [[event.refundId, event.refundedCents]] : [],
    );
    expect(Object.fromEntries(told)).toEqual({
      [first.refundId]: 600,
      [second.refundId]: 500,
      [third.refundId]: 400,
    });
  });

  it('tells what it keeps of a payment, and nothing before it was paid', async () => {
    const unpaid = await opened.provider.createIntent(order());
    expect(await opened.provider.getFee(unpaid.id)).toBeNull();
    const { id } = await paid({ amountCents: 2000 });
    expect(await opened.provider.getFee(id)).toEqual({ feeCents: 55, currency: 'eur' });
    await expect(opened.provider.getFee('pi_none')).rejects.toThrow(refusal('not-found'));
  });

  it('opens one account per key for a seller, says what is due, and tells when it is ready', async () => {
    const asked = seller();
    const { provider } = opened;
    const made = await provider.createSellerAccount(asked);
    expect(await provider.createSellerAccount(asked)).toEqual(made);
    expect(made).toMatchObject({ organisationId: 'organisation-1', canReceive: false, canPayOut: false });
    expect(made.requirements.dueNow).toContain('external_account');
    const link = { accountId: made.id, returnUrl, refreshUrl: returnUrl, idempotencyKey: key() };
    const page = await provider.startOnboarding(link);
    expect(await provider.startOnboarding(link)).toEqual(page);
    expect(new URL(page.url).protocol).toBe('https:');
    expect(page.expiresAt.getTime()).toBeGreaterThan(paymentsClock.now().getTime());
    await opened.onboard(made.id);
    const ready = await provider.getSellerAccount(made.id);
    expect(ready).toMatchObject({ canReceive: true, canPayOut: true, requirements: { dueNow: [] } });
    expect(await opened.notices()).toMatchObject([{ kind: 'seller-updated', account: ready }]);
  });

  it('transfers no more than a payment brought, once per key, to sellers who are ready', async () => {
    const { provider } = opened;
    const { id: destinationId } = await readySeller();
    const { id: newcomer } = await provider.createSellerAccount(seller());
    const unpaid = await provider.createIntent(order());
    const { id: intentId } = await paid();
    const wish = { destinationId, outOf: 'payment' as const, amountCents: 900, currency: 'eur' };
    const send = (change: object) =>
      provider.transfer({ ...wish, intentId, idempotencyKey: key(), ...change });
    await expect(send({ intentId: unpaid.id })).rejects.toThrow(refusal('conflict'));
    await expect(send({ destinationId: newcomer })).rejects.toThrow(refusal('conflict'));
    const idempotencyKey = key();
    const first = await send({ idempotencyKey });
    expect(await send({ idempotencyKey })).toEqual(first);
    await expect(send({ idempotencyKey, amountCents: 1 })).rejects.toThrow(refusal('conflict'));
    await expect(send({ amountCents: 601 })).rejects.toThrow(refusal('conflict'));
    expect((await send({ amountCents: 600 })).transferId).not.toBe(first.transferId);
    expect(await provider.findTransfer({ intentId, idempotencyKey })).toEqual(first);
    expect(await provider.findTransfer({ intentId, idempotencyKey: key() })).toBeNull();
  });

  it('takes a transfer back in parts, each key once, and no more than was sent', async () => {
    const { provider } = opened;
    const { id: destinationId } = await readySeller();
    const { id: intentId } = await paid();
    const money = { outOf: 'payment' as const, amountCents: 900, currency: 'eur' };
    const wish = { intentId, destinationId, ...money, idempotencyKey: key() };
    const { transferId } = await provider.transfer(wish);
    const part = { transferId, amountCents: 300, idempotencyKey: key() };
    const first = await provider.reverseTransfer(part);
    expect(first.outcome).toBe('reversed');
    expect(await provider.reverseTransfer(part)).toEqual(first);
    expect({ outcome: 'reversed', ...(await provider.findReversal(part)) }).toEqual(first);
    expect(await provider.findReversal({ transferId, idempotencyKey: key() })).toBeNull();
    const over = provider.reverseTransfer({ ...part, amountCents: 601, idempotencyKey: key() });
    await expect(over).rejects.toThrow(refusal('conflict'));
    const rest = await provider.reverseTransfer({ ...part, amountCents: 600, idempotencyKey: key() });
    expect(rest.outcome).toBe('reversed');
    const again = { ...wish, outOf: 'balance' as const, idempotencyKey: key() };
    expect((await provider.transfer(again)).transferId).not.toBe(transferId);
  });

  it('keeps evidence of a dispute until it is handed to the bank, once', async () => {
    const { provider } = opened;
    const intent = await provider.createIntent(order());
    const disputeId = await opened.dispute(intent);
    expect(await provider.getDispute(disputeId)).toMatchObject({
      intentId: intent.id,
      amountCents: 1500,
      currency: 'eur',
      state: 'needs-response',
      fee: { cents: 2000, currency: 'eur' },
      respondBy: expect.any(Date),
      submissions: 0,
    });
    const evidence = {
      productDescription: 'Four photos',
      accessLog: '2026-06-01 10:00 downloaded',
      document: { fileName: 'order.pdf', bytes: Buffer.from('%PDF-1.7 é') },
    };
    const keep = { disputeId, evidence, submit: false, idempotencyKey: key() };
    expect((await provider.keepEvidence(keep)).state).toBe('needs-response');
    const send = { ...keep, submit: true, idempotencyKey: key() };
    expect(await provider.keepEvidence(send)).toMatchObject({ state: 'under-review', submissions: 1 });
    expect((await provider.keepEvidence(send)).submissions).toBe(1);
    const again = provider.keepEvidence({ ...send, idempotencyKey: key() });
    await expect(again).rejects.toThrow(refusal('conflict'));
  });

  it('PAY-04: reads no notice without a signature of its own', async () => {
    const body = Buffer.from('{"id":"evt_1"}');
    for (const headers of [
      {},
      { 'stripe-signature': 't=1,v1=00' },
      { [TEST_SIGNATURE_HEADER]: 't=1,v1=00' },
    ]) {
      await expect(opened.provider.readEvents(body, headers)).rejects.toThrow(refusal('bad-input'));
    }
  });
});
