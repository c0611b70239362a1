import { DomainError } from '../errors.ts';

/** Have no decimals, yet Stripe counts them in hundredths and takes whole units alone (docs.stripe.com/currencies, special cases). */
const COUNTED_IN_HUNDREDTHS = new Set(['isk', 'ugx']);
/** Three decimals, of which Stripe takes the last only as 0 (same page). */
const THREE_DECIMALS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);
/** Eight digits (docs.stripe.com/currencies, minimum and maximum amounts). */
const MOST = 99_999_999;

/** Minor units as Stripe counts them. Throws 'bad-input' for an amount that cannot be paid there. */
export function toStripeAmount(amountCents: number, currency: string): number {
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0) throw refused('not an amount to pay');
  if (THREE_DECIMALS.has(currency) && amountCents % 10 !== 0) {
    throw refused(`an amount in ${currency} must be a multiple of 10`);
  }
  const amount = COUNTED_IN_HUNDREDTHS.has(currency) ? amountCents * 100 : amountCents;
  if (amount > MOST) throw refused('more than Stripe takes at once');
  return amount;
}

export function fromStripeAmount(amount: number, currency: string): number {
  return COUNTED_IN_HUNDREDTHS.has(currency) ? Math.round(amount / 100) : amount;
}

function refused(internal: string): DomainError {
  return new DomainError('bad-input', { public: { key: 'platform.paymentRefused' }, internal });
}
