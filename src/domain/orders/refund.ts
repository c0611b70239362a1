import type { refunds } from './tables.ts';

export type RefundCause = (typeof refunds.$inferSelect)['cause'];
export type RefundState = (typeof refunds.$inferSelect)['state'];

/** Where a refund may go. One that the bank sent back stays failed: whoever still wants the money back asks for another. */
export const REFUND_TRANSITIONS: Record<RefundState, readonly RefundState[]> = {
  asked: ['pending', 'succeeded', 'failed'],
  pending: ['succeeded', 'failed'],
  succeeded: ['failed'],
  failed: [],
};

export interface PaidLine {
  lineId: string;
  priceCents: number;
  /** Given back, or asked to be. */
  refundedCents: number;
}

export interface RefundPart {
  lineId: string;
  amountCents: number;
}

/** What of a line can still be given back. */
export function openCents({
  priceCents,
  refundedCents,
}: Pick<PaidLine, 'priceCents' | 'refundedCents'>): number {
  return Math.max(0, priceCents - refundedCents);
}

/**
 * An amount over what is still open of each line, pro rata by largest remainder; equal remainders go to the earlier line.
 * Never more than is open: the parts sum to the smaller of both.
 */
export function spreadOverLines(lines: PaidLine[], amountCents: number): RefundPart[] {
  const open = lines.map((line) => BigInt(openCents(line)));
  const all = open.reduce((sum, cents) => sum + cents, 0n);
  if (all === 0n || amountCents <= 0) return [];
  const amount = BigInt(amountCents) < all ? BigInt(amountCents) : all;
  const shares = open.map((cents, place) => ({
    place,
    whole: (amount * cents) / all,
    rest: (amount * cents) % all,
  }));
  const left = amount - shares.reduce((sum, share) => sum + share.whole, 0n);
  const favoured = shares
    .toSorted((one, other) =>
      one.rest === other.rest ? one.place - other.place : one.rest > other.rest ? -1 : 1,
    )
    .slice(0, Number(left));
  const more = new Set(favoured.map((share) => share.place));
  return lines.flatMap(({ lineId }, place) => {
    const amountOfLine = Number((shares[place]?.whole ?? 0n) + (more.has(place) ? 1n : 0n));
    return amountOfLine > 0 ? [{ lineId, amountCents: amountOfLine }] : [];
  });
}
