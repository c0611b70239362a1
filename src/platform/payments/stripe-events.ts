import type Stripe from 'stripe';
import { z } from 'zod';
import { isDomainError } from '../errors.ts';
import type { PaymentEvent } from './payment-event.ts';
import { fromStripeAmount } from './stripe-amount.ts';
import { askStripe, isStripeAccessRefused } from './stripe-client.ts';
import { toDispute } from './stripe-disputes.ts';
import { idOf, refundState } from './stripe-intents.ts';
import { type StripeNotice, subjectOf } from './stripe-notice.ts';
import { toSellerAccount } from './stripe-sellers.ts';

type Reader = (stripe: Stripe, notice: StripeNotice) => Promise<PaymentEvent[]>;

/** Every notice we ask Stripe for: the platform's endpoint, and the one for what happens in sellers' accounts. */
export const STRIPE_EVENTS = {
  platform: [
    'payment_intent.processing',
    'payment_intent.succeeded',
    'payment_intent.payment_failed',
    'payment_intent.canceled',
    'charge.refunded',
    'refund.updated',
    'refund.failed',
    'charge.dispute.created',
    'charge.dispute.updated',
    'charge.dispute.closed',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.funds_reinstated',
    'radar.early_fraud_warning.created',
    'transfer.created',
    'transfer.reversed',
    'payout.paid',
    'payout.failed',
  ],
  sellers: ['account.updated', 'account.application.deauthorized', 'payout.paid', 'payout.failed'],
} as const;

type EventType = (typeof STRIPE_EVENTS)['platform' | 'sellers'][number];

const READERS: Record<EventType, Reader> = {
  'payment_intent.processing': readIntent('processing'),
  'payment_intent.succeeded': readIntent('succeeded'),
  'payment_intent.payment_failed': readIntent('failed'),
  'payment_intent.canceled': readIntent('cancelled'),
  'charge.refunded': readRefundsOfCharge,
  'refund.updated': readRefund,
  'refund.failed': readRefund,
  'charge.dispute.created': readDispute('dispute-opened'),
  'charge.dispute.updated': readDispute('dispute-updated'),
  'charge.dispute.closed': readDispute('closed'),
  'charge.dispute.funds_withdrawn': readDispute('dispute-funds-withdrawn'),
  'charge.dispute.funds_reinstated': readDispute('dispute-funds-reinstated'),
  'radar.early_fraud_warning.created': readFraudWarning,
  'transfer.created': readTransfer('transfer-created'),
  'transfer.reversed': readTransfer('transfer-reversed'),
  'payout.paid': readPayout('payout-paid'),
  'payout.failed': readPayout('payout-failed'),
  'account.updated': readSeller,
  'account.application.deauthorized': async (_, notice) =>
    notice.account ? [{ ...told(notice), kind: 'seller-left', accountId: notice.account }] : [],
};

/**
 * A notice in our words. Refunds, disputes, transfers and accounts are asked for again, since notices come late and in any
 * order; a payment's own notices are counted as a set, so that each may stay as it was sent. Of what happens in a seller's own
 * account only what we asked for is read: the payments, refunds and disputes there are the seller's and none of ours.
 */
export async function readStripeNotice(
  stripe: Stripe,
  notice: StripeNotice,
  mode: { live: boolean },
): Promise<PaymentEvent[]> {
  const reader = isForUs(notice) ? findReader(notice.type) : null;
  const unused: PaymentEvent = { ...told(notice), kind: 'unknown', type: notice.type };
  if (!reader) return [unused];
  if (notice.livemode !== mode.live) return readOtherMode(stripe, notice);
  try {
    return await reader(stripe, notice);
  } catch (error) {
    // It tells of something that is no more: asking again would bring the same answer for days.
    if (isDomainError(error) && error.code === 'not-found') return [unused];
    throw error;
  }
}

function isForUs({ account, type }: StripeNotice): boolean {
  return !account || STRIPE_EVENTS.sellers.some((known) => known === type);
}

function findReader(type: string): Reader | null {
  const entry = Object.entries(READERS).find(([known]) => known === type);
  return entry?.[1] ?? null;
}

async function readOtherMode(stripe: Stripe, notice: StripeNotice): Promise<PaymentEvent[]> {
  const reader = notice.type.startsWith('payment_intent.') ? findReader(notice.type) : null;
  if (!reader) return [{ ...told(notice), kind: 'other-mode', type: notice.type }];
  const events = await reader(stripe, notice);
  return events.map((event) => ({ ...event, otherMode: true }));
}

function told(notice: StripeNotice): { id: string; occurredAt: Date } {
  return { id: notice.id, occurredAt: new Date(notice.created * 1000) };
}

const intent = z.object({
  id: z.string(),
  amount: z.int(),
  amount_received: z.int(),
  currency: z.string(),
  metadata: z.record(z.string(), z.string()),
});

function readIntent(kind: 'processing' | 'succeeded' | 'failed' | 'cancelled'): Reader {
  return async (_, notice) => {
    const { id: intentId, currency, metadata, ...money } = subjectOf(notice, intent);
    const amount = kind === 'succeeded' ? money.amount_received : money.amount;
    return [
      {
        ...told(notice),
        kind,
        intentId,
        orderId: metadata.orderId ?? null,
        amountCents: fromStripeAmount(amount, currency),
        currency,
      },
    ];
  };
}

const named = z.object({ id: z.string() });
/** Of one charge: Stripe's own largest page. */
const MOST_REFUNDS = 100;

/** The notice names the sum alone; orders count each refund. */
async function readRefundsOfCharge(stripe: Stripe, notice: StripeNotice): Promise<PaymentEvent[]> {
  const { id: charge } = subjectOf(notice, named);
  const { data } = await askStripe(() => stripe.refunds.list({ charge, limit: MOST_REFUNDS }));
  return data
    .filter((refund) => refundState(refund) !== 'failed')
    .flatMap((refund) => refundEvents({ ...told(notice), id: `${notice.id}/${refund.id}` }, refund));
}

async function readRefund(stripe: Stripe, notice: StripeNotice): Promise<PaymentEvent[]> {
  const { id } = subjectOf(notice, named);
  return refundEvents(told(notice), await askStripe(() => stripe.refunds.retrieve(id)));
}

function refundEvents(shared: { id: string; occurredAt: Date }, refund: Stripe.Refund): PaymentEvent[] {
  const { id: refundId, currency } = refund;
  const intentId = idOf(refund.payment_intent);
  const amountCents = fromStripeAmount(refund.amount, currency);
  if (refundState(refund) === 'failed') {
    const reason = refund.failure_reason ?? null;
    return [{ ...shared, kind: 'refund-failed', refundId, intentId, amountCents, currency, reason }];
  }
  if (intentId === null) return [];
  return [
    { ...shared, kind: 'refunded', refundId, intentId, orderId: null, refundedCents: amountCents, currency },
  ];
}

function readDispute(
  kind:
    | 'dispute-opened'
    | 'dispute-updated'
    | 'closed'
    | 'dispute-funds-withdrawn'
    | 'dispute-funds-reinstated',
): Reader {
  return async (stripe, notice) => {
    const { id } = subjectOf(notice, named);
    const dispute = toDispute(await askStripe(() => stripe.disputes.retrieve(id)));
    const { intentId, amountCents, currency } = dispute;
    if (kind !== 'dispute-opened' && kind !== 'closed') return [{ ...told(notice), kind, dispute }];
    const ended = dispute.state === 'won' || dispute.state === 'lost';
    if (intentId === null || (kind === 'closed' && !ended)) {
      return [{ ...told(notice), kind: 'dispute-updated', dispute }];
    }
    const verdict = dispute.state === 'won' ? 'dispute-won' : 'dispute-lost';
    return [
      {
        ...told(notice),
        kind: kind === 'closed' ? verdict : kind,
        intentId,
        orderId: null,
        disputeId: id,
        amountCents,
        currency,
      },
    ];
  };
}

const fraudWarning = z.object({
  id: z.string(),
  actionable: z.boolean(),
  payment_intent: z.string().nullish(),
});

async function readFraudWarning(_: Stripe, notice: StripeNotice): Promise<PaymentEvent[]> {
  const { id: warningId, actionable, payment_intent: intentId } = subjectOf(notice, fraudWarning);
  return [{ ...told(notice), kind: 'fraud-warning', warningId, actionable, intentId: intentId ?? null }];
}

function readTransfer(kind: 'transfer-created' | 'transfer-reversed'): Reader {
  return async (stripe, notice) => {
    const { id: transferId } = subjectOf(notice, named);
    const transfer = await askStripe(() => stripe.transfers.retrieve(transferId));
    const { currency } = transfer;
    return [
      {
        ...told(notice),
        kind,
        transferId,
        accountId: idOf(transfer.destination),
        amountCents: fromStripeAmount(transfer.amount, currency),
        reversedCents: fromStripeAmount(transfer.amount_reversed, currency),
        currency,
      },
    ];
  };
}

const payout = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  failure_code: z.string().nullish(),
});

function readPayout(kind: 'payout-paid' | 'payout-failed'): Reader {
  return async (_, notice) => {
    const { id: payoutId, amount, currency, failure_code: reason } = subjectOf(notice, payout);
    const amountCents = fromStripeAmount(amount, currency);
    const accountId = notice.account ?? null;
    return [{ ...told(notice), kind, payoutId, accountId, amountCents, currency, reason: reason ?? null }];
  };
}

async function readSeller(stripe: Stripe, notice: StripeNotice): Promise<PaymentEvent[]> {
  const { id } = subjectOf(notice, named);
  try {
    const account = toSellerAccount(await askStripe(() => stripe.accounts.retrieve(id)));
    return [{ ...told(notice), kind: 'seller-updated', account }];
  } catch (error) {
    if (!isStripeAccessRefused(error)) throw error;
    return [{ ...told(notice), kind: 'seller-left', accountId: id }];
  }
}
