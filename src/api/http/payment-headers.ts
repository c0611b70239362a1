import type { Config } from '#platform/config.ts';
import { type BrowserSources, stripeSources } from '#platform/payments/stripe-browser.ts';

const PAYMENT_PAGE = /^\/(?:fr|en)\/pay\/[^/]+\/?$/;

/** Where the page with the provider's own form may load from besides us; null for every other page. */
export function paymentGuests(
  config: Pick<Config, 'stripeSecretKey' | 'stripeApiUrl'>,
  path: string,
): BrowserSources | null {
  return config.stripeSecretKey !== null && PAYMENT_PAGE.test(path) ? stripeSources(config) : null;
}

/** Headers of that page alone: wallets ask for their sheet in the provider's frames, and open windows from there. */
export function paymentHeaders(guests: BrowserSources): Map<string, string> {
  const frames = guests.frames.filter((origin) => !origin.includes('*')).map((origin) => ` "${origin}"`);
  return new Map([
    ['permissions-policy', `camera=(), geolocation=(), microphone=(), payment=(self${frames.join('')})`],
    ['cross-origin-opener-policy', 'same-origin-allow-popups'],
  ]);
}
