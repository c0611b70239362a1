import type { StripeSettings } from '../stripe-settings.ts';

type Needs = Pick<StripeSettings, 'stripeApiUrl'>;

/** Stripe's script, which must come from Stripe itself; of the release that belongs to the API version of the client. */
export function stripeScriptUrl({ stripeApiUrl }: Needs): string {
  return stripeApiUrl === null ? 'https://js.stripe.com/endive/stripe.js' : `${stripeApiUrl}/stripe.js`;
}

/** Where a page with Stripe's form may load things from (docs.stripe.com/security/guide, content security policy). */
export interface BrowserSources {
  scripts: readonly string[];
  frames: readonly string[];
  connections: readonly string[];
  images: readonly string[];
}

const STRIPE_SOURCES: BrowserSources = {
  scripts: ['https://js.stripe.com', 'https://*.js.stripe.com'],
  frames: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
  connections: ['https://api.stripe.com'],
  images: ['https://*.stripe.com'],
};

export function stripeSources({ stripeApiUrl }: Needs): BrowserSources {
  if (stripeApiUrl === null) return STRIPE_SOURCES;
  const { origin } = new URL(stripeApiUrl);
  return { scripts: [origin], frames: [origin], connections: [origin], images: [origin] };
}
