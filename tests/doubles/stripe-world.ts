import { completeAccount } from './stripe-account-objects.ts';
import { find, type StripeBooks, type StripeEvent } from './stripe-books.ts';
import { type DisputeObject, newDispute, newFraudWarning } from './stripe-dispute-objects.ts';
import {
  type ChargeObject,
  type IntentObject,
  newCharge,
  newDisputeTransaction,
  newPayout,
} from './stripe-objects.ts';

/** What people and banks do: it changes the books and makes events, as the test wants it. */
export interface StripeWorld {
  /** The buyer confirms in the form; `processing` is a bank debit that settles later. */
  pay(intentId: string, how?: 'succeed' | 'decline' | 'processing'): StripeEvent;
  /** What comes of a bank debit in the end. */
  settle(intentId: string, how: 'succeed' | 'decline'): StripeEvent;
  /** The refund's money comes back. */
  failRefund(refundId: string): StripeEvent;
  dispute(intentId: string): DisputeObject;
  closeDispute(disputeId: string, verdict: 'won' | 'lost'): StripeEvent;
  warnOfFraud(intentId: string): StripeEvent;
  /** The seller gives all that was asked for. */
  onboard(accountId: string): StripeEvent;
  /** The seller cuts the connection. */
  leave(accountId: string): StripeEvent;
  payOut(accountId: string | null, amount: number, failed?: boolean): StripeEvent;
}

export function newStripeWorld(books: StripeBooks): StripeWorld {
  const intentOf = (id: string) => find(books.intents, id, 'payment_intent');
  const chargeOf = (intentId: string) => find(books.charges, intentOf(intentId).latest_charge, 'charge');
  return {
    pay: (intentId, how = 'succeed') => {
      const intent = intentOf(intentId);
      if (intent.status !== 'requires_payment_method') throw new Error(`the intent is ${intent.status}`);
      if (how === 'processing') {
        intent.status = 'processing';
        return books.tell('payment_intent.processing', intent);
      }
      return end(books, intent, how);
    },
    settle: (intentId, how) => end(books, intentOf(intentId), how),
    failRefund: (refundId) => {
      const refund = find(books.refunds, refundId, 'refund');
      const charge = find(books.charges, refund.charge, 'charge');
      Object.assign(refund, { status: 'failed', failure_reason: 'expired_or_canceled_card' });
      charge.amount_refunded -= refund.amount;
      charge.refunded = false;
      return books.tell('refund.failed', refund);
    },
    dispute: (intentId) => openDispute(books, chargeOf(intentId)),
    closeDispute: (disputeId, verdict) => {
      const dispute = find(books.disputes, disputeId, 'dispute');
      dispute.status = verdict;
      if (verdict === 'won') books.tell('charge.dispute.funds_reinstated', dispute);
      return books.tell('charge.dispute.closed', dispute);
    },
    warnOfFraud: (intentId) =>
      books.tell('radar.early_fraud_warning.created', newFraudWarning(books.made(), chargeOf(intentId))),
    onboard: (accountId) => {
      const account = find(books.accounts, accountId, 'account');
      completeAccount(account);
      return books.tell('account.updated', account, accountId);
    },
    leave: (accountId) => {
      books.accounts.delete(accountId);
      const application = { id: 'ca_counterpart', object: 'application', name: 'Shop' };
      return books.tell('account.application.deauthorized', application, accountId);
    },
    payOut: (accountId, amount, failed = false) =>
      books.tell(
        failed ? 'payout.failed' : 'payout.paid',
        newPayout(books.made(), amount, 'eur', failed),
        accountId ?? undefined,
      ),
  };
}

function end(books: StripeBooks, intent: IntentObject, how: 'succeed' | 'decline'): StripeEvent {
  if (how === 'decline') {
    intent.status = 'requires_payment_method';
    const message = 'Your card was declined.';
    intent.last_payment_error = { type: 'card_error', code: 'card_declined', message };
    return books.tell('payment_intent.payment_failed', intent);
  }
  const charge = newCharge(books.made(), intent);
  books.charges.set(charge.id, charge);
  Object.assign(intent, {
    status: 'succeeded',
    latest_charge: charge.id,
    amount_received: intent.amount,
    last_payment_error: null,
  });
  return books.tell('payment_intent.succeeded', intent);
}

function openDispute(books: StripeBooks, charge: ChargeObject): DisputeObject {
  const dispute = newDispute(books.made(), charge);
  charge.disputed = true;
  books.disputes.set(dispute.id, dispute);
  books.tell('charge.dispute.created', dispute);
  dispute.balance_transactions.push(newDisputeTransaction(books.made(), dispute));
  books.tell('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}
