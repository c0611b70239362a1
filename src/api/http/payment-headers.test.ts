import { describe, expect, it } from 'vitest';
import { paymentGuests, paymentHeaders } from './payment-headers.ts';
import { contentSecurityPolicy } from './security-headers.ts';

const site = { publicUrl: 'https://shop.example', nodeEnv: 'production' as const };
const stripe = { stripeSecretKey: 'sk_test_1', stripeApiUrl: null };

describe('the page with the provider’s form', () => {
  it('may load Stripe’s script and frames, and they may ask for wallets', () => {
    const guests = paymentGuests(stripe, '/fr/pay/s3cret');
    const policy = contentSecurityPolicy(site, ['abc'], guests);
    expect(policy).toContain("script-src 'self' 'sha256-abc' https://js.stripe.com https://*.js.stripe.com;");
    expect(policy).toContain(
      "frame-src 'self' https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com;",
    );
    expect(policy).toContain("connect-src 'self' https://api.stripe.com;");
    expect(guests && paymentHeaders(guests).get('permissions-policy')).toContain(
      'payment=(self "https://js.stripe.com"',
    );
  });

  it.each([
    '/fr',
    '/fr/checkout',
    '/fr/orders/s3cret',
    '/fr/pay',
    '/fr/pay/s3cret/more',
    '/xx/pay/s3cret',
    '/fr/events/pay/x',
  ])('is the only one: %s stays closed to others', (path) => {
    expect(paymentGuests(stripe, path)).toBeNull();
    expect(contentSecurityPolicy(site, [])).not.toContain('stripe');
  });

  it('is closed too while Stripe is not used', () => {
    expect(paymentGuests({ ...stripe, stripeSecretKey: null }, '/fr/pay/s3cret')).toBeNull();
  });
});
