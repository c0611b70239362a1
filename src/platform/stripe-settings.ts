import { z } from 'zod';
import { secret, setting, url } from './setting.ts';

/** A key of Stripe's, by the letters it begins with. */
function key(prefix: RegExp, shape: string) {
  return z.string().regex(prefix, `must look like ${shape}`).max(300).nullable().default(null);
}

const WEBHOOK_SECRET = key(/^whsec_\S{8,}$/, 'whsec_…');

export const stripeSettings = {
  stripeSecretKey: secret(
    'STRIPE_SECRET_KEY',
    key(/^(sk|rk)_(test|live)_\S+$/, 'sk_test_… or sk_live_…'),
    'Takes payments through Stripe. STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET are then needed too.',
  ),
  stripePublishableKey: setting(
    'STRIPE_PUBLISHABLE_KEY',
    key(/^pk_(test|live)_\S+$/, 'pk_test_… or pk_live_…'),
    '',
    'The key that browsers see, of the same account and mode as STRIPE_SECRET_KEY.',
  ),
  stripeWebhookSecret: secret(
    'STRIPE_WEBHOOK_SECRET',
    WEBHOOK_SECRET,
    'Signing secret of the webhook endpoint PUBLIC_URL/api/webhooks/stripe.',
  ),
  stripeWebhookSecretPrevious: secret(
    'STRIPE_WEBHOOK_SECRET_PREVIOUS',
    WEBHOOK_SECRET,
    'The signing secret before it was rolled: both are taken until this one is removed.',
  ),
  stripeConnectWebhookSecret: secret(
    'STRIPE_CONNECT_WEBHOOK_SECRET',
    WEBHOOK_SECRET,
    'Signing secret of the second endpoint at the same address, which listens to the sellers’ connected accounts.',
  ),
  stripeApiUrl: setting(
    'STRIPE_API_URL',
    url.nullable().default(null),
    '',
    'Another address than Stripe’s, for tests against a counterpart. Refused with a live key.',
  ),
};

export type StripeSettings = { [Key in keyof typeof stripeSettings]: string | null };

/** What is wrong with the settings taken together, in words for the operator; nothing when Stripe is not used. */
export function stripeProblems(settings: StripeSettings): string[] {
  const { stripeSecretKey, stripePublishableKey, stripeWebhookSecret, stripeApiUrl } = settings;
  if (stripeSecretKey === null) {
    const orphans = Object.entries(stripeSettings).flatMap(([name, { env }]) =>
      settings[name as keyof StripeSettings] === null ? [] : [env],
    );
    return orphans.map((name) => `${name} is set without STRIPE_SECRET_KEY: set both, or neither`);
  }
  const problems: string[] = [];
  if (stripePublishableKey === null) {
    problems.push('STRIPE_PUBLISHABLE_KEY is needed with STRIPE_SECRET_KEY: buyers pay with it');
  } else if (isLiveKey(stripePublishableKey) !== isLiveKey(stripeSecretKey)) {
    problems.push(
      'STRIPE_PUBLISHABLE_KEY and STRIPE_SECRET_KEY are of different modes: one is test, one is live',
    );
  }
  if (stripeWebhookSecret === null) {
    problems.push(
      'STRIPE_WEBHOOK_SECRET is needed with STRIPE_SECRET_KEY: without it no payment would ever be known to have arrived',
    );
  }
  if (stripeApiUrl !== null && isLiveKey(stripeSecretKey)) {
    problems.push('STRIPE_API_URL is for tests: a live STRIPE_SECRET_KEY is sent to Stripe alone');
  }
  return problems;
}

/** Keys say their mode in their name. */
export function isLiveKey(name: string): boolean {
  return /^[a-z]+_live_/.test(name);
}
