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

/** A provider's notice, verified on its raw bytes and put in our own words. */
export type PaymentEvent = {
  /** The provider's id of the notice: each counts once. */
  id: string;
  intentId: string;
  orderId: string | null;
  occurredAt: Date;
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

/**
 * A means of payment. Calls with one idempotency key have one effect and one answer.
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
  refund(input: {
    intentId: string;
    amountCents: number;
    idempotencyKey: string;
  }): Promise<{ refundId: string }>;
  transfer(input: {
    intentId: string;
    destinationId: string;
    amountCents: number;
    currency: string;
    idempotencyKey: string;
  }): Promise<{ transferId: string }>;
  /** Checks the signature on the raw bytes and its age (300 s), then parses. Null for an event we do not use. Throws DomainError 'bad-input'. */
  verifyEvent(rawBody: Buffer, headers: Record<string, string | undefined>): Promise<PaymentEvent | null>;
}
