import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const STRIPE = {
  STRIPE_SECRET_KEY: 'sk_test_1234',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_1234',
  STRIPE_WEBHOOK_SECRET: 'whsec_12345678',
};
const read = (env: Record<string, string>) =>
  readConfig({ AUTH_SECRET: 'test-only-0123456789-abcdefghijklmnop', ...env });

describe('the settings of Stripe', () => {
  it('are all there, or none', () => {
    expect(read({}).stripeSecretKey).toBeNull();
    expect(read(STRIPE).stripeWebhookSecret).toBe('whsec_12345678');
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'PAY-04: without the secret of the webhook',
      { STRIPE_WEBHOOK_SECRET: '' },
      'STRIPE_WEBHOOK_SECRET is needed',
    ],
    ['without the key for browsers', { STRIPE_PUBLISHABLE_KEY: '' }, 'STRIPE_PUBLISHABLE_KEY is needed'],
    ['with keys of two modes', { STRIPE_PUBLISHABLE_KEY: 'pk_live_1234' }, 'different modes'],
    [
      'with a secret and no key',
      { STRIPE_SECRET_KEY: '' },
      'STRIPE_WEBHOOK_SECRET is set without STRIPE_SECRET_KEY',
    ],
    [
      'with the two keys mixed up',
      { STRIPE_SECRET_KEY: 'pk_test_1234' },
      'STRIPE_SECRET_KEY: must look like',
    ],
    ['with something else for a secret', { STRIPE_WEBHOOK_SECRET: 'we_1234567' }, 'must look like whsec_'],
    [
      'with a live key for a counterpart',
      {
        STRIPE_SECRET_KEY: 'sk_live_1234',
        STRIPE_PUBLISHABLE_KEY: 'pk_live_1234',
        STRIPE_API_URL: 'http://localhost:1',
      },
      'STRIPE_API_URL is for tests',
    ],
  ])('keep the server from starting %s, and never show a secret', (_, change, message) => {
    const start = () => read({ ...STRIPE, ...change });
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(message);
    expect(start).not.toThrow(/sk_test_1234|whsec_12345678/);
  });
});
