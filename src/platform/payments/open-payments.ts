import { DomainError } from '../errors.ts';
import { openTestProvider } from './open-test-provider.ts';
import type { PaymentProvider } from './payments.ts';
import { allowsTestPayments, type TestProviderContext } from './test-provider-books.ts';

/** Said once in the log at start when `openPayments` gives the provider 'none'. */
export const PAYMENTS_OFF =
  'no payment provider: the shop is closed until one is configured, or ALLOW_TEST_PAYMENTS=true is set (no money moves then)';

/** The provider that the settings ask for. */
export async function openPayments(ctx: TestProviderContext): Promise<PaymentProvider> {
  return allowsTestPayments(ctx.config) ? openTestProvider(ctx) : closedShop;
}

/** A site without a provider still shows its photos; only paying is refused, in words. */
const closedShop: PaymentProvider = {
  name: 'none',
  createIntent: refuse,
  getIntent: refuse,
  cancelIntent: refuse,
  refund: refuse,
  transfer: refuse,
  reverseTransfer: refuse,
  createSellerAccount: refuse,
  getSellerAccount: refuse,
  startOnboarding: refuse,
  getDispute: refuse,
  keepEvidence: refuse,
  readEvents: refuse,
};

async function refuse(): Promise<never> {
  throw new DomainError('unavailable', { public: { key: 'platform.paymentsOff' }, internal: PAYMENTS_OFF });
}
