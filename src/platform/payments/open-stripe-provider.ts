import type { Clock } from '../clock.ts';
import { isLiveKey } from '../stripe-settings.ts';
import type { PaymentProvider } from './payments.ts';
import { newStripeClient, type StripeAccess } from './stripe-client.ts';
import * as disputes from './stripe-disputes.ts';
import { readStripeNotice } from './stripe-events.ts';
import * as intents from './stripe-intents.ts';
import { openStripeNotice, STRIPE_SIGNATURE_HEADER } from './stripe-notice.ts';
import * as sellers from './stripe-sellers.ts';

export interface StripeOptions extends StripeAccess {
  clock: Clock;
  /** Of each endpoint, and the one that is being replaced. */
  webhookSecrets: readonly string[];
}

/** Payments by Stripe: separate charges and transfers, the platform being the one who sells. */
export function openStripeProvider(options: StripeOptions): PaymentProvider {
  const stripe = newStripeClient(options);
  const live = isLiveKey(options.secretKey);
  return {
    name: 'stripe',
    createIntent: (input) => intents.createIntent(stripe, input),
    getIntent: (id) => intents.getIntent(stripe, id),
    cancelIntent: (input) => intents.cancelIntent(stripe, input),
    refund: (input) => intents.refund(stripe, input),
    getRefund: (input) => intents.getRefund(stripe, input),
    getFee: (intentId) => intents.getFee(stripe, intentId),
    transfer: (input) => sellers.transfer(stripe, input),
    reverseTransfer: (input) => sellers.reverseTransfer(stripe, input),
    findTransfer: (input) => sellers.findTransfer(stripe, input),
    findReversal: (input) => sellers.findReversal(stripe, input),
    createSellerAccount: (input) => sellers.createSellerAccount(stripe, input),
    getSellerAccount: (id) => sellers.getSellerAccount(stripe, id),
    startOnboarding: (input) => sellers.startOnboarding(stripe, input),
    getDispute: (id) => disputes.getDispute(stripe, id),
    keepEvidence: (input) => disputes.keepEvidence(stripe, input),
    async readEvents(rawBody, headers) {
      const header = headers[STRIPE_SIGNATURE_HEADER];
      const notice = openStripeNotice(options.webhookSecrets, rawBody, header, options.clock);
      return readStripeNotice(stripe, notice, { live });
    },
  };
}
