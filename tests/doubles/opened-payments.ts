import type { DatabasePort } from '#platform/db/database.ts';
import { openPglite } from '#platform/db/pglite.ts';
import { openStripeProvider } from '#platform/payments/open-stripe-provider.ts';
import { openTestProvider, TEST_SIGNATURE_HEADER } from '#platform/payments/open-test-provider.ts';
import type { PaymentEvent } from '#platform/payments/payment-event.ts';
import { signPayload } from '#platform/payments/payment-signature.ts';
import type { PaymentProvider } from '#platform/payments/payments.ts';
import { settleDelayedIntent, settleTestIntent } from '#platform/payments/settle-test-intent.ts';
import { finishTestOnboarding } from '#platform/payments/test-onboarding.ts';
import { type TestProviderContext, webhookSecret } from '#platform/payments/test-provider-books.ts';
import { systemRandom } from '#platform/system-clock.ts';
import { openStripeServer } from './stripe-server.ts';
import { signEvent } from './stripe-webhooks.ts';

/** A provider with the people and banks around it. */
export interface OpenedPayments {
  provider: PaymentProvider;
  /** The buyer's part; `delay` is a bank debit. */
  pay(intent: Started, how: 'succeed' | 'decline' | 'delay'): Promise<unknown>;
  /** The bank debit arrives. */
  settle(intentId: string): Promise<unknown>;
  /** The seller's part, after the onboarding was started. */
  onboard(accountId: string): Promise<unknown>;
  /** A payment that is taken back; gives the dispute's id. */
  dispute(intent: Started): Promise<string>;
  /** What the provider has sent since the last question, read again by the port. */
  notices(): Promise<PaymentEvent[]>;
  close(): Promise<unknown>;
}

export type Started = Awaited<ReturnType<PaymentProvider['createIntent']>>;

export const paymentsClock = { now: () => new Date('2026-06-01T10:00:00Z') };

/** On a database of its own, unless the test has one already. */
export async function openOnTestProvider(shared?: DatabasePort): Promise<OpenedPayments> {
  const database = shared ?? (await openPglite(null));
  if (!shared) await database.migrate();
  let bodies: string[] = [];
  const ctx: TestProviderContext = {
    db: database.db,
    clock: paymentsClock,
    random: systemRandom,
    queue: {
      enqueue: async (_db, _name, data) => void ('body' in data && bodies.push(String(data.body))),
    },
    config: {
      authSecret: 'abcdefghijklmnopqrstuvwxyz0123456789',
      publicUrl: 'https://shop.example',
      nodeEnv: 'test',
      allowTestPayments: false,
      stripeSecretKey: null,
    },
  };
  const bare = openTestProvider(ctx);
  /** The page that each seller was last led to. */
  const links = new Map<string, string>();
  const provider: PaymentProvider = {
    ...bare,
    startOnboarding: async (input) => {
      const page = await bare.startOnboarding(input);
      links.set(input.accountId, new URL(page.url).pathname.split('/').at(-1) ?? '');
      return page;
    },
  };
  const settle = (intent: Started, choice: 'succeed' | 'decline' | 'delay' | 'dispute') => {
    const url = new URL(intent.next.kind === 'redirect' ? intent.next.url : '');
    const secret = url.searchParams.get('secret') ?? '';
    return settleTestIntent(ctx, { intentId: intent.id, secret, choice });
  };
  const notices = async () => {
    const read = bodies.map((body) => {
      const signature = signPayload(webhookSecret(ctx.config), body, paymentsClock.now());
      return provider.readEvents(Buffer.from(body), { [TEST_SIGNATURE_HEADER]: signature });
    });
    bodies = [];
    return (await Promise.all(read)).flat();
  };
  return {
    provider,
    pay: settle,
    settle: (intentId) => settleDelayedIntent(ctx, { intentId }),
    onboard: async (accountId) => finishTestOnboarding(ctx, { linkId: links.get(accountId) ?? '' }),
    dispute: async (intent) => {
      await settle(intent, 'dispute');
      const opened = (await notices()).find((event) => event.kind === 'dispute-opened');
      return opened && 'disputeId' in opened ? opened.disputeId : '';
    },
    notices,
    close: async () => {
      if (!shared) await database.close();
    },
  };
}

export async function openOnStripe(): Promise<OpenedPayments> {
  const server = await openStripeServer({ now: paymentsClock.now });
  const secret = 'whsec_counterpart';
  const provider = openStripeProvider({
    secretKey: server.key,
    apiUrl: server.url,
    webhookSecrets: [secret],
    clock: paymentsClock,
  });
  const told = new Set<string>();
  return {
    provider,
    pay: async ({ id }, how) => server.world.pay(id, how === 'delay' ? 'processing' : how),
    settle: async (intentId) => server.world.settle(intentId, 'succeed'),
    onboard: async (accountId) => server.world.onboard(accountId),
    dispute: async ({ id }) => {
      server.world.pay(id);
      return server.world.dispute(id).id;
    },
    notices: async () => {
      const fresh = [...server.books.events.values()].filter((event) => !told.has(event.id));
      const read = fresh.map((event) => {
        told.add(event.id);
        const { body, signature } = signEvent(event, { secret, now: paymentsClock.now() });
        return provider.readEvents(Buffer.from(body), { 'stripe-signature': signature });
      });
      return (await Promise.all(read)).flat();
    },
    close: () => server.close(),
  };
}
