import type { PaymentEvent } from './payment-event.ts';

/** Amounts are integer minor units (cents) of `currency`, a lower-case ISO 4217 code. */
export interface PaymentIntent {
  id: string;
  amountCents: number;
  currency: string;
  state: 'requires-payment' | 'processing' | 'succeeded' | 'failed' | 'cancelled';
  orderId: string;
  refundedCents: number;
}

export interface StartedIntent extends PaymentIntent {
  /** Where the buyer pays: the test provider's own page, or a client secret for an embedded form. */
  next: { kind: 'redirect'; url: string } | { kind: 'embedded'; clientSecret: string };
}

/** Where a seller's share of sales goes: an account at the provider that the platform opened for them. */
export interface SellerAccount {
  id: string;
  organisationId: string | null;
  /** Money can be transferred to it. */
  canReceive: boolean;
  /** Money in it reaches the seller's bank. */
  canPayOut: boolean;
  /** What the provider still asks of the seller, in its own words, such as `external_account`. */
  requirements: {
    dueNow: string[];
    dueLater: string[];
    /** Sent, and being looked at. */
    inReview: string[];
    /** What is due now must be there by then, or the account is restricted. */
    deadline: Date | null;
    /** Why the account is restricted, in the provider's own words. */
    restrictedFor: string | null;
  };
}

export interface DisputeView {
  id: string;
  intentId: string | null;
  amountCents: number;
  currency: string;
  /** In the provider's own words, such as `fraudulent`. */
  reason: string;
  state: 'needs-response' | 'under-review' | 'won' | 'lost';
  /** The bank has taken nothing yet, as in an inquiry: a refund still spares the dispute. */
  refundable: boolean;
  /** What the provider keeps for it so far, perhaps in another currency; null where that is not known. */
  fee: { cents: number; currency: string } | null;
  respondBy: Date | null;
  /** How often evidence was sent; most banks look at the first alone. */
  submissions: number;
}

/** What speaks for the sale. Texts up to 20,000 characters each. */
export interface DisputeEvidence {
  productDescription?: string;
  buyerEmail?: string;
  buyerAddress?: string;
  /** Accesses and downloads with their instants. */
  accessLog?: string;
  /** How and when the buyer was told that there is no withdrawal. */
  refundPolicyShown?: string;
  refundRefused?: string;
  more?: string;
  /** Everything on paper, as PDF of at most 5 MB. */
  document?: { fileName: string; bytes: Buffer };
}

/**
 * A means of payment. Calls with one idempotency key have one effect and one answer; a key used again for something else
 * throws 'conflict'. No answer in time, or a provider that is down, throws 'unavailable': the same key may be tried again.
 * A refusal may be kept under its key too: when the cause is gone, ask under another one.
 * Never called inside a transaction: the provider is elsewhere, and on the embedded database it would wait for ever.
 */
export interface PaymentProvider {
  /** `none`: no provider is configured; every call throws 'unavailable'. */
  readonly name: 'test' | 'stripe' | 'none';
  createIntent(input: {
    orderId: string;
    amountCents: number;
    currency: string;
    idempotencyKey: string;
    /** Absolute; the buyer comes back here, and the page there reads the state and never sets it. */
    returnUrl: string;
    locale: 'fr' | 'en';
  }): Promise<StartedIntent>;
  getIntent(id: string): Promise<PaymentIntent>;
  /** Nobody can pay it from now on. Throws 'conflict' once it is paid or on its way. */
  cancelIntent(input: { intentId: string; idempotencyKey: string }): Promise<PaymentIntent>;
  /** In full or in part. `pending` ends later, by a notice. Throws 'conflict' for more than is left. */
  refund(input: {
    intentId: string;
    amountCents: number;
    idempotencyKey: string;
  }): Promise<{ refundId: string; state: 'succeeded' | 'pending' | 'failed' }>;
  /** Where a refund stands by now. Throws 'not-found' for one that this provider never made of that payment. */
  getRefund(input: {
    intentId: string;
    refundId: string;
  }): Promise<{ state: 'succeeded' | 'pending' | 'failed' }>;
  /** What the provider keeps of a payment, perhaps in another currency than it was paid in; null until it is known. */
  getFee(intentId: string): Promise<{ feeCents: number; currency: string } | null>;
  transfer(input: {
    intentId: string;
    /**
     * `payment`: out of what this very payment brought, as soon as it has, and in all no more than that. `balance`: out of
     * what the platform has, for what was taken back and is owed again; throws 'conflict' while that is too little.
     */
    outOf: 'payment' | 'balance';
    destinationId: string;
    amountCents: number;
    currency: string;
    idempotencyKey: string;
  }): Promise<{ transferId: string }>;
  /** Takes back what was transferred, in full or in part, out of the seller's balance with the provider. */
  reverseTransfer(input: {
    transferId: string;
    amountCents: number;
    idempotencyKey: string;
  }): Promise<{ outcome: 'reversed'; reversalId: string } | { outcome: 'balance-too-low' }>;
  /** What came of a transfer that was asked for under this key, however long ago; null when nothing did. */
  findTransfer(input: { intentId: string; idempotencyKey: string }): Promise<{ transferId: string } | null>;
  /** The same of what was to be taken back. */
  findReversal(input: { transferId: string; idempotencyKey: string }): Promise<{ reversalId: string } | null>;
  createSellerAccount(input: {
    organisationId: string;
    email: string;
    /** ISO 3166-1, two letters. */
    country: string;
    idempotencyKey: string;
  }): Promise<SellerAccount>;
  getSellerAccount(id: string): Promise<SellerAccount>;
  /** A page of the provider that asks the seller for what is missing. Good for one visit within minutes; never to be mailed. */
  startOnboarding(input: {
    accountId: string;
    /** The seller comes back here, done or not: what is still due is asked of `getSellerAccount`. */
    returnUrl: string;
    /** Called when the page's address is used up: it makes another and leads there. */
    refreshUrl: string;
    idempotencyKey: string;
  }): Promise<{ url: string; expiresAt: Date }>;
  getDispute(id: string): Promise<DisputeView>;
  /** `submit` hands everything kept so far to the bank, for good; without it the evidence is only kept. */
  keepEvidence(input: {
    disputeId: string;
    evidence: DisputeEvidence;
    submit: boolean;
    idempotencyKey: string;
  }): Promise<DisputeView>;
  /**
   * Checks the signature on the raw bytes and its age (300 s), then parses; asks the provider again where a notice may be
   * older than the thing it tells of. Empty for one that tells nothing. Throws DomainError 'bad-input'.
   */
  readEvents(rawBody: Buffer, headers: Record<string, string | undefined>): Promise<PaymentEvent[]>;
}
