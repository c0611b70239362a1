import type { DisputeView, SellerAccount } from './payments.ts';

interface Told {
  /** The provider's id of the notice: each counts once. */
  id: string;
  occurredAt: Date;
}

/** A notice that may move an order. */
export type OrderPaymentEvent = Told & {
  intentId: string;
  orderId: string | null;
  /** It comes from the provider's test mode while ours is live, or the other way round: never to be counted. */
  otherMode?: true;
} & (
    | { kind: 'processing' | 'succeeded' | 'failed' | 'cancelled'; amountCents: number; currency: string }
    /** `refundedCents` is the amount of this refund, not the sum of all. */
    | { kind: 'refunded'; refundId: string; refundedCents: number; currency: string }
    | {
        kind: 'dispute-opened' | 'dispute-won' | 'dispute-lost';
        disputeId: string;
        amountCents: number;
        currency: string;
      }
  );

/** A notice that moves no order. */
export type SidePaymentEvent = Told &
  (
    | {
        /** The money of a refund that was under way, and perhaps told as 'refunded', came back to us. */
        kind: 'refund-failed';
        refundId: string;
        intentId: string | null;
        amountCents: number;
        currency: string;
        reason: string | null;
      }
    | {
        kind: 'dispute-updated' | 'dispute-funds-withdrawn' | 'dispute-funds-reinstated';
        dispute: DisputeView;
      }
    | { kind: 'fraud-warning'; warningId: string; intentId: string | null; actionable: boolean }
    | { kind: 'seller-updated'; account: SellerAccount }
    /** The seller has cut the connection: nothing can be transferred to the account any more. */
    | { kind: 'seller-left'; accountId: string }
    | {
        kind: 'transfer-created' | 'transfer-reversed';
        transferId: string;
        accountId: string | null;
        amountCents: number;
        /** Of all reversals together. */
        reversedCents: number;
        currency: string;
      }
    | {
        kind: 'payout-paid' | 'payout-failed';
        payoutId: string;
        /** Null for the platform's own payout. */
        accountId: string | null;
        amountCents: number;
        currency: string;
        reason: string | null;
      }
    /** Of the other mode, and about no payment that we can name. */
    | { kind: 'other-mode'; type: string }
    /** One that we have no use for, by the provider's own name. */
    | { kind: 'unknown'; type: string }
  );

/** A provider's notice, verified on its raw bytes and put in our own words. */
export type PaymentEvent = OrderPaymentEvent | SidePaymentEvent;

const ORDER_KINDS = new Set<PaymentEvent['kind']>([
  'processing',
  'succeeded',
  'failed',
  'cancelled',
  'refunded',
  'dispute-opened',
  'dispute-won',
  'dispute-lost',
]);

export function movesOrder(event: PaymentEvent): event is OrderPaymentEvent {
  return ORDER_KINDS.has(event.kind);
}
