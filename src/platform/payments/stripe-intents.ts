import type Stripe from 'stripe';
import { DomainError } from '../errors.ts';
import type { PaymentIntent, PaymentProvider, StartedIntent } from './payments.ts';
import { fromStripeAmount, toStripeAmount } from './stripe-amount.ts';
import { askStripe } from './stripe-client.ts';

type Input<Verb extends 'createIntent' | 'cancelIntent' | 'refund'> = Parameters<PaymentProvider[Verb]>[0];

/** The means of payment are those that the account has switched on, for this amount and country. */
export async function createIntent(stripe: Stripe, input: Input<'createIntent'>): Promise<StartedIntent> {
  const { orderId, currency, idempotencyKey } = input;
  const amount = toStripeAmount(input.amountCents, currency);
  const intent = await askStripe(() =>
    stripe.paymentIntents.create(
      {
        amount,
        currency,
        automatic_payment_methods: { enabled: true },
        metadata: { orderId },
        transfer_group: transferGroup(orderId),
      },
      { idempotencyKey },
    ),
  );
  if (!intent.client_secret) {
    throw new DomainError('unavailable', {
      public: { key: 'platform.paymentsUnanswered' },
      internal: `stripe: ${intent.id} came without a client secret`,
    });
  }
  return { ...toIntent(intent), next: { kind: 'embedded', clientSecret: intent.client_secret } };
}

/** Binds a payment to the transfers made from it, in Stripe's reports. */
export function transferGroup(orderId: string): string {
  return `ORDER_${orderId}`;
}

export async function getIntent(stripe: Stripe, id: string): Promise<PaymentIntent> {
  return toIntent(await fetchIntent(stripe, id));
}

export function fetchIntent(stripe: Stripe, id: string): Promise<Stripe.PaymentIntent> {
  return askStripe(() => stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] }));
}

export async function cancelIntent(stripe: Stripe, input: Input<'cancelIntent'>): Promise<PaymentIntent> {
  const { intentId, idempotencyKey } = input;
  const expand = ['latest_charge'];
  const cancel = () => stripe.paymentIntents.cancel(intentId, { expand }, { idempotencyKey });
  return toIntent(await askStripe(cancel));
}

/** Stands in the charge's entry in the platform's balance, in the currency of that balance. */
export async function getFee(
  stripe: Stripe,
  intentId: string,
): Promise<{ feeCents: number; currency: string } | null> {
  const { latest_charge: charge } = await fetchIntent(stripe, intentId);
  const entryId = charge !== null && typeof charge === 'object' ? idOf(charge.balance_transaction) : null;
  if (entryId === null) return null;
  const { fee, currency } = await askStripe(() => stripe.balanceTransactions.retrieve(entryId));
  return { feeCents: fromStripeAmount(fee, currency), currency };
}

export async function refund(
  stripe: Stripe,
  input: Input<'refund'>,
): Promise<{ refundId: string; state: 'succeeded' | 'pending' | 'failed' }> {
  const { intentId, idempotencyKey } = input;
  const { currency } = await fetchIntent(stripe, intentId);
  const amount = toStripeAmount(input.amountCents, currency);
  const made = await askStripe(() =>
    stripe.refunds.create({ payment_intent: intentId, amount }, { idempotencyKey }),
  );
  return { refundId: made.id, state: refundState(made) };
}

export async function getRefund(
  stripe: Stripe,
  { intentId, refundId }: Parameters<PaymentProvider['getRefund']>[0],
): Promise<{ state: 'succeeded' | 'pending' | 'failed' }> {
  const found = await askStripe(() => stripe.refunds.retrieve(refundId));
  if (idOf(found.payment_intent) === intentId) return { state: refundState(found) };
  throw new DomainError('not-found', {
    public: { key: 'platform.paymentMissing' },
    internal: `stripe: ${refundId} is no refund of ${intentId}`,
  });
}

export function refundState({ status }: Pick<Stripe.Refund, 'status'>): 'succeeded' | 'pending' | 'failed' {
  if (status === 'failed' || status === 'canceled') return 'failed';
  return status === 'succeeded' ? 'succeeded' : 'pending';
}

export function toIntent(intent: Stripe.PaymentIntent): PaymentIntent {
  const { id, currency, latest_charge: charge } = intent;
  const refunded = charge !== null && typeof charge === 'object' ? charge.amount_refunded : 0;
  return {
    id,
    amountCents: fromStripeAmount(intent.amount, currency),
    currency,
    state: stateOf(intent),
    orderId: intent.metadata.orderId ?? '',
    refundedCents: fromStripeAmount(refunded, currency),
  };
}

function stateOf({ status, last_payment_error: failure }: Stripe.PaymentIntent): PaymentIntent['state'] {
  if (status === 'succeeded') return 'succeeded';
  if (status === 'canceled') return 'cancelled';
  if (status === 'processing' || status === 'requires_capture') return 'processing';
  return status === 'requires_payment_method' && failure ? 'failed' : 'requires-payment';
}

/** The id of what Stripe gives as an id or, expanded, as the thing itself. */
export function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === 'object' ? (reference?.id ?? null) : (reference ?? null);
}
