import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPglite, type PgliteDatabasePort } from '../db/pglite.ts';
import type { Queue } from '../queue/queue.ts';
import { systemRandom } from '../system-clock.ts';
import { deliverTestEvent } from './deliver-test-event.ts';
import { openPayments } from './open-payments.ts';
import { openTestProvider, TEST_SIGNATURE_HEADER } from './open-test-provider.ts';
import type { PaymentEvent } from './payment-event.ts';
import { signPayload } from './payment-signature.ts';
import { listBankChoices, playTestBank } from './play-test-bank.ts';
import {
  getTestIntent,
  settleDelayedIntent,
  settleTestIntent,
  type TestChoice,
} from './settle-test-intent.ts';
import { type TestProviderContext, webhookSecret } from './test-provider-books.ts';

let database: PgliteDatabasePort;
let jobs: { name: string; data: object; runAfterSeconds: number }[] = [];
const queue: Pick<Queue, 'enqueue'> = {
  async enqueue(_db, name, data, options) {
    jobs.push({ name, data, runAfterSeconds: options?.runAfterSeconds ?? 0 });
  },
};
const withoutStripe = {
  stripeSecretKey: null,
  stripePublishableKey: null,
  stripeWebhookSecret: null,
  stripeWebhookSecretPrevious: null,
  stripeConnectWebhookSecret: null,
  stripeApiUrl: null,
};
const config = {
  authSecret: 'abcdefghijklmnopqrstuvwxyz0123456789',
  publicUrl: 'http://localhost:3000',
  nodeEnv: 'test' as const,
  allowTestPayments: false,
  ...withoutStripe,
};
const clock = { now: () => new Date('2026-06-01T10:00:00Z') };

beforeAll(async () => {
  database = await openPglite(null);
  await database.migrate();
});
afterAll(() => database.close());
beforeEach(async () => {
  jobs = [];
  await database.db.execute(sql`delete from test_payment_intents`);
  await database.db.execute(sql`delete from test_provider_objects`);
});

const context = (): TestProviderContext => ({ db: database.db, clock, random: systemRandom, queue, config });
const provider = () => openTestProvider(context());
const order = {
  orderId: 'order-1',
  amountCents: 1500,
  currency: 'eur',
  idempotencyKey: 'order-1:1',
  returnUrl: 'http://localhost:3000/fr/orders/s3cret',
  locale: 'fr' as const,
};

async function start(change: Partial<typeof order> = {}) {
  const intent = await provider().createIntent({ ...order, ...change });
  const url = new URL(intent.next.kind === 'redirect' ? intent.next.url : '');
  return { intentId: intent.id, secret: url.searchParams.get('secret') ?? '', url };
}

async function pay(choice: TestChoice) {
  const { intentId, secret } = await start();
  await settleTestIntent(context(), { intentId, secret, choice });
  return { intentId, secret };
}

async function notices(): Promise<PaymentEvent[]> {
  const bodies = jobs.flatMap(({ data }) => ('body' in data ? [String(data.body)] : []));
  const events = await Promise.all(
    bodies.map((body) => provider().readEvents(Buffer.from(body), signed(body))),
  );
  return events.flat();
}

const signed = (body: string) => ({
  [TEST_SIGNATURE_HEADER]: signPayload(webhookSecret(config), body, clock.now()),
});

describe('test provider', () => {
  it('gives one intent for one key, and sends the buyer to its page', async () => {
    const first = await start();
    const second = await start();
    expect(second).toEqual(first);
    expect(first.url.pathname).toBe(`/fr/test-payment/${first.intentId}`);
    expect(await provider().getIntent(first.intentId)).toMatchObject({
      state: 'requires-payment',
      amountCents: 1500,
    });
  });

  it('refuses a key used for another amount, an amount that is none, and a return address elsewhere', async () => {
    await start();
    await expect(start({ amountCents: 1 })).rejects.toMatchObject({ code: 'conflict' });
    for (const amountCents of [0, -1, 1.5, Number.NaN, 1e15]) {
      await expect(start({ amountCents, idempotencyKey: `k${amountCents}` })).rejects.toThrow();
    }
    for (const returnUrl of [
      'https://evil.test/',
      'javascript:alert(1)',
      '//evil.test',
      'http://localhost:3000.evil.test/',
    ]) {
      await expect(start({ returnUrl, idempotencyKey: 'other' })).rejects.toMatchObject({
        code: 'bad-input',
      });
    }
  });

  it.each([
    ['succeed', 'succeeded', ['succeeded']],
    ['decline', 'failed', ['failed']],
    ['delay', 'processing', ['processing']],
    ['dispute', 'succeeded', ['succeeded', 'dispute-opened']],
  ] as const)('tells of the choice to %s', async (choice, state, kinds) => {
    const { intentId } = await pay(choice);
    expect((await provider().getIntent(intentId)).state).toBe(state);
    const told = await notices();
    expect(told.map((event) => event.kind)).toEqual(kinds);
    expect(told[0]).toMatchObject({ intentId, orderId: 'order-1', amountCents: 1500, currency: 'eur' });
    expect(new Set(told.map((event) => event.id)).size).toBe(told.length);
  });

  it('ends a delayed payment some seconds later, once', async () => {
    const { intentId } = await pay('delay');
    expect(jobs.map((job) => [job.name, job.runAfterSeconds])).toContainEqual([
      'settle-delayed-test-intent',
      5,
    ]);
    await settleDelayedIntent(context(), { intentId });
    await settleDelayedIntent(context(), { intentId });
    expect((await notices()).map((event) => event.kind)).toEqual(['processing', 'succeeded']);
  });

  it('can be paid after a decline, and only once', async () => {
    const { intentId, secret } = await pay('decline');
    const again = { intentId, secret, choice: 'succeed' as const };
    expect((await settleTestIntent(context(), again)).outcome).toBe('settled');
    expect((await settleTestIntent(context(), again)).outcome).toBe('already-settled');
    expect(await notices()).toHaveLength(2);
  });

  it('hides an intent from whoever has not its secret', async () => {
    const { intentId } = await start();
    const wrong = { intentId, secret: 'x'.repeat(32), choice: 'succeed' as const };
    await expect(settleTestIntent(context(), wrong)).rejects.toMatchObject({ code: 'not-found' });
    await expect(getTestIntent(context(), wrong)).rejects.toMatchObject({ code: 'not-found' });
    await expect(getTestIntent(context(), { ...wrong, intentId: 'pi_none' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('refunds in parts, each key once, and never more than was paid', async () => {
    const { intentId } = await pay('succeed');
    const part = { intentId, amountCents: 1000, idempotencyKey: 'refund-1' };
    const first = await provider().refund(part);
    expect(await provider().refund(part)).toEqual(first);
    await expect(provider().refund({ ...part, amountCents: 1 })).rejects.toMatchObject({ code: 'conflict' });
    await expect(provider().refund({ ...part, idempotencyKey: 'refund-2' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await provider().refund({ intentId, amountCents: 500, idempotencyKey: 'refund-3' });
    expect((await provider().getIntent(intentId)).refundedCents).toBe(1500);
    expect((await notices()).slice(1)).toMatchObject([
      { kind: 'refunded', refundId: first.refundId, refundedCents: 1000 },
      { kind: 'refunded', refundedCents: 500 },
    ]);
  });

  it('refuses a signed notice that has not the form of one', async () => {
    for (const body of ['', 'x', '{}', '[]', '{"type":"succeeded"}']) {
      await expect(provider().readEvents(Buffer.from(body), signed(body))).rejects.toMatchObject({
        code: 'bad-input',
      });
    }
  });

  it('is off in production unless it was asked for, and says so', async () => {
    const { intentId, secret } = await start();
    const production = { ...context(), config: { ...config, nodeEnv: 'production' as const } };
    const closed = await openPayments(production);
    expect(closed.name).toBe('none');
    await expect(closed.createIntent(order)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(closed.readEvents(Buffer.from(''), {})).rejects.toMatchObject({ code: 'unavailable' });
    const settle = settleTestIntent(production, { intentId, secret, choice: 'succeed' });
    await expect(settle).rejects.toMatchObject({ code: 'unavailable' });
    const withStripe = { ...context(), config: { ...config, stripeSecretKey: 'sk_test_1' } };
    const beside = settleTestIntent(withStripe, { intentId, secret, choice: 'succeed' });
    await expect(beside).rejects.toMatchObject({ code: 'unavailable' });
    expect((await openPayments(withStripe)).name).toBe('stripe');
    const allowed = { ...production, config: { ...production.config, allowTestPayments: true } };
    expect((await openPayments(allowed)).name).toBe('test');
  });
});

describe('delivery of a notice', () => {
  it('brings the very bytes with a signature of this moment, and fails until they are taken', async () => {
    await pay('succeed');
    const body = jobs.flatMap(({ data }) => ('body' in data ? [String(data.body)] : []))[0] ?? '';
    let status = 503;
    const taken: PaymentEvent[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const header = String(request.headers[TEST_SIGNATURE_HEADER]);
      taken.push(
        ...(await provider().readEvents(Buffer.concat(chunks), { [TEST_SIGNATURE_HEADER]: header })),
      );
      response.writeHead(request.url === '/api/webhooks/test' ? status : 404).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const needs = { clock, config: { ...config, port, publicUrl: 'http://127.0.0.1:1' } };
    await expect(deliverTestEvent(needs, { body })).rejects.toThrow('status 503');
    status = 200;
    await deliverTestEvent(needs, { body });
    expect(taken).toMatchObject([{ kind: 'succeeded' }, { kind: 'succeeded' }]);
    expect(taken[0]?.id).toBe(taken[1]?.id);
    server.close();
    await expect(deliverTestEvent(needs, { body })).rejects.toThrow('was not taken');
  });

  it('lets the buyer’s bank take a payment back once, and believe one of both in the end', async () => {
    const asked = await pay('succeed');
    expect(await listBankChoices(context(), asked)).toEqual(['dispute']);
    expect(await playTestBank(context(), { ...asked, choice: 'win' })).toBe('too-late');
    expect(await playTestBank(context(), { ...asked, choice: 'dispute' })).toBe('played');
    expect(await listBankChoices(context(), asked)).toEqual(['win', 'lose']);
    expect(await playTestBank(context(), { ...asked, choice: 'win' })).toBe('played');
    expect(await playTestBank(context(), { ...asked, choice: 'lose' })).toBe('too-late');
    expect((await notices()).map(({ kind }) => kind)).toEqual(['succeeded', 'dispute-opened', 'dispute-won']);
    const stranger = { ...asked, secret: 'another', choice: 'dispute' as const };
    await expect(playTestBank(context(), stranger)).rejects.toMatchObject({ code: 'not-found' });
  });
});
