import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkStripe } from '#platform/payments/check-stripe.ts';
import { STRIPE_EVENTS } from '#platform/payments/stripe-events.ts';
import { completeAccount } from '../../tests/doubles/stripe-account-objects.ts';
import { openStripeServer, type StripeServer } from '../../tests/doubles/stripe-server.ts';
import { tellCheck } from './check-stripe.ts';

let server: StripeServer;
beforeAll(async () => {
  server = await openStripeServer();
});
afterAll(() => server.close());

const publicUrl = 'https://shop.example';
const config = (
  change: { stripeSecretKey?: string | null; stripeConnectWebhookSecret?: string | null } = {},
) => ({
  stripeSecretKey: server.key,
  stripeApiUrl: server.url,
  stripeConnectWebhookSecret: 'whsec_connect',
  publicUrl,
  ...change,
});

async function post(path: string, fields: Record<string, string>): Promise<void> {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.key}` },
    body: new URLSearchParams(fields),
  });
  expect(answer.status).toBe(200);
}

const endpoint = (events: readonly string[]) => ({
  url: `${publicUrl}/api/webhooks/stripe`,
  api_version: '2026-10-28.endive',
  ...Object.fromEntries(events.map((event, index) => [`enabled_events[${index}]`, event])),
});

async function verdicts(): Promise<Record<string, string>> {
  const check = await checkStripe(config());
  if (check.outcome !== 'checked') throw new Error(check.outcome);
  return Object.fromEntries(check.findings.map(({ subject, verdict }) => [subject, verdict]));
}

describe('admin check-stripe', () => {
  it('says that there is no key, or that Stripe refuses it, in both languages', async () => {
    const none = await checkStripe(config({ stripeSecretKey: null }));
    expect(tellCheck(none, 'fr', publicUrl).join()).toContain('STRIPE_SECRET_KEY est vide');
    const wrong = await checkStripe(config({ stripeSecretKey: 'sk_test_wrong' }));
    const told = tellCheck(wrong, 'en', publicUrl).join();
    expect(told).toContain('refuses the key');
    expect(told).not.toContain('sk_test');
  });

  it('names all that is missing on a new account', async () => {
    server.books.connectOn = false;
    server.books.methods = [];
    expect(await verdicts()).toEqual({
      account: 'incomplete',
      webhook: 'missing',
      'sellers-webhook': 'missing',
      connect: 'missing',
      methods: 'incomplete',
      domain: 'missing',
    });
    const told = tellCheck(await checkStripe(config()), 'fr', publicUrl).join('\n');
    for (const name of ['external_account', 'charge.refunded', 'shop.example', 'Connect', 'mode test']) {
      expect(told).toContain(name);
    }
  });

  it('names the events that an endpoint lacks, and the secret of the second one', async () => {
    await post('/v1/webhook_endpoints', endpoint(['payment_intent.succeeded']));
    await post('/v1/webhook_endpoints', endpoint(STRIPE_EVENTS.sellers));
    const check = await checkStripe(config({ stripeConnectWebhookSecret: null }));
    expect(check).toMatchObject({
      findings: expect.arrayContaining([
        { subject: 'webhook', verdict: 'incomplete', facts: expect.arrayContaining(['charge.refunded']) },
        { subject: 'sellers-webhook', verdict: 'incomplete', facts: ['STRIPE_CONNECT_WEBHOOK_SECRET'] },
      ]),
    });
  });

  it('is content when everything stands, and warns of bank debits', async () => {
    const { books } = server;
    completeAccount(books.own);
    books.webhookEndpoints.splice(0);
    await post('/v1/webhook_endpoints', endpoint(STRIPE_EVENTS.platform));
    await post('/v1/webhook_endpoints', endpoint(STRIPE_EVENTS.sellers));
    await post('/v1/payment_method_domains', { domain_name: 'shop.example' });
    books.connectOn = true;
    expect(await verdicts()).toMatchObject({ connect: 'notice' });
    await post('/v1/accounts', { country: 'FR' });
    books.methods = ['card', 'apple_pay', 'google_pay', 'link'];
    expect(new Set(Object.values(await verdicts()))).toEqual(new Set(['ready']));
    books.methods.push('sepa_debit');
    expect(await verdicts()).toMatchObject({ methods: 'notice' });
  });
});
