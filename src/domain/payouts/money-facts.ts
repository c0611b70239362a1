import type { ShareTerms } from '../pricing/offer.ts';

/** All that happened to the money of one paid order, as far as it is known. Amounts are minor units of `currency`. */
export interface MoneyFacts {
  orderId: string;
  currency: string;
  /** Name of the payment provider. */
  provider: string;
  paidAt: Date;
  lines: PaidLine[];
  /** What the provider keeps of the payment; null until it says. */
  fee: { cents: number; currency: string } | null;
  feeBorneBy: 'platform' | 'seller';
  refunds: RefundFacts[];
  disputes: DisputeFacts[];
}

export interface PaidLine {
  lineId: string;
  priceCents: number;
  terms: ShareTerms;
  /** Null for credits. */
  eventId: string | null;
  /** Whose credits were bought; null for photos. */
  creditsFor: string | null;
}

export interface RefundFacts {
  /** The provider's. */
  id: string;
  amountCents: number;
  at: Date;
  lines: { lineId: string; amountCents: number }[];
  /** The provider took it on, so that the money left. */
  left: boolean;
  /** The money came back. */
  failed: boolean;
}

/** While a dispute is open its money is taken for lost, even where the bank only asks so far. */
export interface DisputeFacts {
  id: string;
  amountCents: number;
  at: Date;
  won: boolean;
  /** Counts over a win. */
  lost: boolean;
}
