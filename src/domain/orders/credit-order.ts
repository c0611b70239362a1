import type { OrderState } from './order.ts';

/** Stands in an order of credits where others name the statements that were ticked: who buys for a business has no withdrawal to waive. */
export const BUSINESS_WAIVER = 'business';

interface PaidCredits {
  credits: number;
  totalCents: number;
  refundedCents: number;
  state: OrderState;
}

/** How many of the bought credits the money that stays pays for, in whole credits. */
export function creditsDue({ credits, totalCents, refundedCents, state }: PaidCredits): number {
  if (state === 'disputed') return 0;
  const keptCents = Math.max(0, totalCents - refundedCents);
  return Math.floor((credits * keptCents) / totalCents);
}
