import type Stripe from 'stripe';
import type { Config } from '../config.ts';
import { isDomainError } from '../errors.ts';
import { isLiveKey } from '../stripe-settings.ts';
import { askStripe, isStripeAccessRefused, newStripeClient, STRIPE_API_VERSION } from './stripe-client.ts';
import { STRIPE_EVENTS } from './stripe-events.ts';

/** One thing that must stand before money can be taken; `facts` are names for the sentence about it. */
export interface StripeFinding {
  subject: 'account' | 'webhook' | 'sellers-webhook' | 'connect' | 'methods' | 'domain';
  verdict:
    | 'ready'
    /** It is not there. */
    | 'missing'
    /** It is there, and lacks the facts. */
    | 'incomplete'
    /** It works; the facts should be looked at. */
    | 'notice'
    /** The key may not ask this. */
    | 'hidden';
  facts: string[];
}

export type StripeCheck =
  | { outcome: 'no-key' }
  /** A wrong key, or no way to Stripe. */
  | { outcome: 'unanswered'; reason: string }
  | { outcome: 'checked'; mode: 'test' | 'live'; account: string; findings: StripeFinding[] };

type Needs = Pick<Config, 'stripeSecretKey' | 'stripeApiUrl' | 'stripeConnectWebhookSecret' | 'publicUrl'>;

/** Asks Stripe what is set up; changes nothing. */
export async function checkStripe(config: Needs): Promise<StripeCheck> {
  if (config.stripeSecretKey === null) return { outcome: 'no-key' };
  const stripe = newStripeClient({ secretKey: config.stripeSecretKey, apiUrl: config.stripeApiUrl });
  try {
    const account = await askStripe(() => stripe.accounts.retrieveCurrent());
    return {
      outcome: 'checked',
      mode: isLiveKey(config.stripeSecretKey) ? 'live' : 'test',
      account: account.id,
      findings: [
        judgeAccount(account),
        ...(await orHidden(['webhook', 'sellers-webhook'], () => checkWebhooks(stripe, config))),
        ...(await checkConnect(stripe)),
        ...(await orHidden(['methods'], () => checkMethods(stripe))),
        ...(await orHidden(['domain'], () => checkDomain(stripe, config))),
      ],
    };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { outcome: 'unanswered', reason: error.message };
  }
}

function judgeAccount(account: Stripe.Account): StripeFinding {
  const due = account.requirements?.currently_due ?? [];
  const off = [
    ...(account.charges_enabled ? [] : ['charges_enabled']),
    ...(account.payouts_enabled ? [] : ['payouts_enabled']),
  ];
  const facts = [...off, ...due];
  if (facts.length === 0) return { subject: 'account', verdict: 'ready', facts: [] };
  return { subject: 'account', verdict: off.length > 0 ? 'incomplete' : 'notice', facts };
}

/** More endpoints than Stripe lets an account have. */
const MOST_ENDPOINTS = 100;

async function checkWebhooks(stripe: Stripe, config: Needs): Promise<StripeFinding[]> {
  const { data } = await askStripe(() => stripe.webhookEndpoints.list({ limit: MOST_ENDPOINTS }));
  const own = data.filter(
    ({ url, status }) => status === 'enabled' && url === `${config.publicUrl}/api/webhooks/stripe`,
  );
  const platform = own.find(
    ({ enabled_events: events }) => lacks(events, ['payment_intent.succeeded']).length === 0,
  );
  const others = own.filter((endpoint) => endpoint !== platform);
  const sellers = others.find(
    ({ enabled_events: events }) => lacks(events, ['account.updated']).length === 0,
  );
  return [
    judgeEndpoint('webhook', platform, STRIPE_EVENTS.platform),
    sellers && config.stripeConnectWebhookSecret === null
      ? { subject: 'sellers-webhook', verdict: 'incomplete', facts: ['STRIPE_CONNECT_WEBHOOK_SECRET'] }
      : judgeEndpoint('sellers-webhook', sellers, STRIPE_EVENTS.sellers),
  ];
}

function judgeEndpoint(
  subject: 'webhook' | 'sellers-webhook',
  endpoint: Stripe.WebhookEndpoint | undefined,
  wanted: readonly string[],
): StripeFinding {
  if (!endpoint) return { subject, verdict: 'missing', facts: [...wanted] };
  const lacking = lacks(endpoint.enabled_events, wanted);
  if (lacking.length > 0) return { subject, verdict: 'incomplete', facts: lacking };
  const version = endpoint.api_version ?? null;
  if (version === STRIPE_API_VERSION) return { subject, verdict: 'ready', facts: [] };
  return { subject, verdict: 'notice', facts: [`api_version ${version ?? '?'} ≠ ${STRIPE_API_VERSION}`] };
}

function lacks(enabled: readonly string[], wanted: readonly string[]): string[] {
  return enabled.includes('*') ? [] : wanted.filter((event) => !enabled.includes(event));
}

/** An account that has not signed up for Connect is refused its list of sellers. */
async function checkConnect(stripe: Stripe): Promise<StripeFinding[]> {
  try {
    const { data } = await askStripe(() => stripe.accounts.list({ limit: 1 }));
    // An empty list proves little: the sign-up may stop half-way, which only the first account would tell.
    return [{ subject: 'connect', verdict: data.length > 0 ? 'ready' : 'notice', facts: [] }];
  } catch (error) {
    if (!isDomainError(error) || error.code === 'unavailable') {
      if (isStripeAccessRefused(error)) return [{ subject: 'connect', verdict: 'hidden', facts: [] }];
      throw error;
    }
    return [{ subject: 'connect', verdict: 'missing', facts: [] }];
  }
}

const METHODS = ['card', 'apple_pay', 'google_pay', 'link', 'sepa_debit'] as const;

async function checkMethods(stripe: Stripe): Promise<StripeFinding[]> {
  const { data } = await askStripe(() => stripe.paymentMethodConfigurations.list());
  const chosen = data.find((one) => one.is_default && one.active);
  const on = METHODS.filter((name) => chosen?.[name]?.available);
  if (!on.includes('card')) return [{ subject: 'methods', verdict: 'incomplete', facts: ['card'] }];
  // It settles after days and can be taken back for weeks: to be chosen knowingly for files that leave at once.
  const verdict = on.includes('sepa_debit') ? 'notice' : 'ready';
  return [{ subject: 'methods', verdict, facts: [...on] }];
}

async function checkDomain(stripe: Stripe, config: Needs): Promise<StripeFinding[]> {
  const { hostname } = new URL(config.publicUrl);
  const { data } = await askStripe(() => stripe.paymentMethodDomains.list({ domain_name: hostname }));
  const domain = data.find(({ enabled }) => enabled);
  if (!domain) return [{ subject: 'domain', verdict: 'missing', facts: [hostname] }];
  if (domain.apple_pay.status === 'active')
    return [{ subject: 'domain', verdict: 'ready', facts: [hostname] }];
  const reason = domain.apple_pay.status_details?.error_message ?? 'inactive';
  return [{ subject: 'domain', verdict: 'incomplete', facts: [hostname, reason] }];
}

/** A restricted key may not be let ask everything. */
async function orHidden(
  subjects: StripeFinding['subject'][],
  check: () => Promise<StripeFinding[]>,
): Promise<StripeFinding[]> {
  try {
    return await check();
  } catch (error) {
    if (!isStripeAccessRefused(error)) throw error;
    return subjects.map((subject) => ({ subject, verdict: 'hidden', facts: [] }));
  }
}
