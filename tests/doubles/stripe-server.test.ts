import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStripeServer, type StripeServer } from './stripe-server.ts';
import { STRIPE_SHAPES } from './stripe-shapes.ts';

const fixtures = resolve(import.meta.dirname, '../../../shared/data/stripe/fixtures3.json');

let server: StripeServer;
const given = new Map<string, Record<string, unknown>>();

async function ask(method: 'GET' | 'POST', path: string, fields: Record<string, string> = {}, key?: string) {
  const form = new URLSearchParams(fields);
  const answer = await fetch(`${server.url}${path}${method === 'GET' ? `?${form}` : ''}`, {
    method,
    headers: { authorization: `Bearer ${server.key}`, ...(key ? { 'idempotency-key': key } : {}) },
    ...(method === 'POST' ? { body: form.toString() } : {}),
  });
  const body = (await answer.json()) as Record<string, unknown>;
  if (typeof body.object === 'string' && body.object !== 'list') given.set(body.object, body);
  return { status: answer.status, body, replayed: answer.headers.get('idempotent-replayed') };
}

const post = (path: string, fields: Record<string, string> = {}, key?: string) =>
  ask('POST', path, fields, key);
const idOf = ({ body }: { body: Record<string, unknown> }) => String(body.id);

/** One of each kind of object. */
beforeAll(async () => {
  server = await openStripeServer();
  const { world, books } = server;
  const intent = idOf(await post('/v1/payment_intents', { amount: '1500', currency: 'eur' }));
  world.pay(intent);
  await ask('GET', `/v1/payment_intents/${intent}`);
  await ask('GET', `/v1/charges/${books.intents.get(intent)?.latest_charge}`);
  await post('/v1/refunds', { payment_intent: intent, amount: '100' });
  const charge = books.charges.get(books.intents.get(intent)?.latest_charge ?? '');
  await ask('GET', `/v1/balance_transactions/${charge?.balance_transaction}`);
  const account = idOf(await post('/v1/accounts', { country: 'FR', email: 'lea@example.org' }));
  world.onboard(account);
  const urls = { return_url: 'https://shop.example', refresh_url: 'https://shop.example' };
  await post('/v1/account_links', { account, type: 'account_onboarding', ...urls });
  const source = String(books.intents.get(intent)?.latest_charge);
  const wish = { amount: '900', currency: 'eur', destination: account, source_transaction: source };
  const transfer = idOf(await post('/v1/transfers', wish));
  await post(`/v1/transfers/${transfer}/reversals`, { amount: '100' });
  await ask('GET', `/v1/disputes/${world.dispute(intent).id}`);
  for (const event of [world.warnOfFraud(intent), world.payOut(null, 500)]) {
    const thing = event.data.object as Record<string, unknown>;
    given.set(String(thing.object), thing);
  }
  await ask('GET', `/v1/events/${world.payOut(null, 500).id}`);
  await post('/v1/webhook_endpoints', {
    url: 'https://shop.example',
    'enabled_events[0]': 'charge.refunded',
  });
  await post('/v1/payment_method_domains', { domain_name: 'shop.example' });
  await post('/v1/apple_pay/domains', { domain_name: 'shop.example' });
  await ask('GET', '/v1/balance');
  const upload = new FormData();
  upload.set('purpose', 'dispute_evidence');
  upload.set('file', new File(['%PDF'], 'order.pdf', { type: 'application/pdf' }));
  const headers = { authorization: `Bearer ${server.key}` };
  const file = await fetch(`${server.url}/v1/files`, { method: 'POST', headers, body: upload });
  given.set('file', (await file.json()) as Record<string, unknown>);
  const { body } = await ask('GET', '/v1/payment_method_configurations');
  const [methods] = body.data as Record<string, unknown>[];
  given.set('payment_method_configuration', methods ?? {});
});
afterAll(() => server.close());

const LETTERS: Record<string, string> = { string: 's', number: 'n', boolean: 'b' };

function letterOf(value: unknown): string {
  if (value === null) return '?';
  return Array.isArray(value) ? 'l' : (LETTERS[typeof value] ?? 'o');
}

/** Documented, and not in the example since they are not always there. */
const OPTIONAL: Record<string, string[]> = { 'radar.early_fraud_warning': ['payment_intent'] };

function differences(name: string, shape: Record<string, string>): string[] {
  const thing = given.get(name) ?? {};
  const extra = Object.keys(thing).filter((key) => !(key in shape) && !OPTIONAL[name]?.includes(key));
  const wrong = Object.entries(shape).filter(([key, letter]) => {
    if (!(key in thing)) return true;
    const own = letterOf(thing[key]);
    return own !== letter && own !== '?' && letter !== '?';
  });
  return [...extra.map((key) => `${key}: unknown`), ...wrong.map(([key]) => `${key}: other or missing`)];
}

describe('the counterpart of Stripe', () => {
  it.each(Object.keys(STRIPE_SHAPES))('gives a %s with the keys and types of Stripe’s', (name) => {
    const pairs = (STRIPE_SHAPES[name] ?? '').split(' ').map((pair) => pair.split(':'));
    expect(differences(name, Object.fromEntries(pairs))).toEqual([]);
  });

  it.skipIf(!existsSync(fixtures))('agrees with Stripe’s own examples (../shared/data, else skipped)', () => {
    const { resources } = JSON.parse(readFileSync(fixtures, 'utf8'));
    for (const name of Object.keys(STRIPE_SHAPES)) {
      const letters = Object.entries(resources[name]).map(([key, value]) => [key, letterOf(value)]);
      expect(differences(name, Object.fromEntries(letters)), name).toEqual([]);
    }
  });

  it('answers one key once: the same again, another question refused', async () => {
    const fields = { amount: '1500', currency: 'eur' };
    const first = await post('/v1/payment_intents', fields, 'one');
    const again = await post('/v1/payment_intents', fields, 'one');
    expect([first.replayed, again.replayed]).toEqual([null, 'true']);
    expect(again.body).toEqual(first.body);
    const other = await post('/v1/payment_intents', { ...fields, amount: '1600' }, 'one');
    expect(other).toMatchObject({ status: 400, body: { error: { type: 'idempotency_error' } } });
  });

  it('refuses what it does not know, as Stripe does', async () => {
    const fields = { amount: '1500', currency: 'eur' };
    const unknown = await post('/v1/payment_intents', { ...fields, 'automatic_payment_methods[on]': 'true' });
    const error = { code: 'parameter_unknown', param: 'automatic_payment_methods[on]' };
    expect(unknown).toMatchObject({ status: 400, body: { error } });
    expect((await post('/v1/nothing')).status).toBe(404);
    expect(await ask('GET', '/v1/refunds/re_none')).toMatchObject({
      status: 404,
      body: { error: { code: 'resource_missing' } },
    });
    expect((await post('/v1/payment_intents', { ...fields, amount: '49' })).body).toMatchObject({
      error: { code: 'amount_too_small' },
    });
  });
});
