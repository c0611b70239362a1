import { DomainError } from '../errors.ts';
import type { StripeSettings } from '../stripe-settings.ts';
import { openTestProvider } from './open-test-provider.ts';
import type { PaymentProvider } from './payments.ts';
import { allowsTestPayments, type TestProviderContext } from './test-provider-books.ts';

/** Said once in the log at start when `openPayments` gives the provider 'none'. */
export const PAYMENTS_OFF =
  'no payment provider: the shop is closed until one is configured, or ALLOW_TEST_PAYMENTS=true is set (no money moves then)';

type PaymentsContext = TestProviderContext & { config: StripeSettings };

/** The provider that the settings ask for: Stripe as soon as its key is there. */
export async function openPayments(ctx: PaymentsContext): Promise<PaymentProvider> {
  const { stripeSecretKey: secretKey, stripeApiUrl: apiUrl } = ctx.config;
  if (secretKey !== null) {
    // The SDK is large, and most instances never need it.
    const { openStripeProvider } = await import('./open-stripe-provider.ts');
    return openStripeProvider({
      secretKey,
      apiUrl,
      clock: ctx.clock,
      webhookSecrets: webhookSecrets(ctx.config),
    });
  }
  return allowsTestPayments(ctx.config) ? openTestProvider(ctx) : closedShop;
}

/** A site without a provider still shows its photos; only paying is refused, in words. */
const closedShop: PaymentProvider = {
  name: 'none',
  createIntent: refuse,
  getIntent: refuse,
  cancelIntent: refuse,
  refund: refuse,
  getRefund: refuse,
  getFee: refuse,
  transfer: refuse,
  reverseTransfer: refuse,
  findTransfer: refuse,
  findReversal: refuse,
  createSellerAccount: refuse,
  getSellerAccount: refuse,
  startOnboarding: refuse,
  getDispute: refuse,
  keepEvidence: refuse,
  readEvents: refuse,
};

function webhookSecrets(config: StripeSettings): string[] {
  const { stripeWebhookSecret, stripeWebhookSecretPrevious, stripeConnectWebhookSecret } = config;
  return [stripeWebhookSecret, stripeWebhookSecretPrevious, stripeConnectWebhookSecret].flatMap(
    (secret) => secret ?? [],
  );
}

async function refuse(): Promise<never> {
  throw new DomainError('unavailable', { public: { key: 'platform.paymentsOff' }, internal: PAYMENTS_OFF });
}
