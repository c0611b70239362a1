import { dayStart, parisDay } from '#platform/paris-day.ts';
import { addDays, nextWorkingDay } from './working-days.ts';

export const WITHDRAWAL_DAYS = 14;

export type EndedBy = 'waived-and-available' | 'period-over' | 'already-refunded';

export interface WithdrawalLine {
  lineId: string;
  priceCents: number;
  /** Given back, or asked to be. */
  refundedCents: number;
  /** At least one photo of it can be downloaded, or could be. */
  available: boolean;
  /** Bought before the race: nobody could deliver it yet. */
  preSale: boolean;
}

export type LineRight = { right: 'stands'; amountCents: number } | { right: 'ended'; endedBy: EndedBy };

/**
 * The first instant at which the period is over: 14 days after the day of the contract, to the end of the day; one that would
 * end on a weekend or a day off ends with the next working day (art. L. 221-18 and L. 221-19 of the consumer code).
 */
export function periodEnd(orderedAt: Date): Date {
  const last = nextWorkingDay(addDays(parisDay(orderedAt), WITHDRAWAL_DAYS));
  return dayStart(addDays(last, 1));
}

/**
 * Whether a buyer may still leave the contract about a line. What can be downloaded was waived at checkout (art. L. 221-28, 13°).
 * A pre-sale keeps the right until its first photo is there, however long that takes.
 */
export function rightOf(line: WithdrawalLine, { orderedAt, now }: { orderedAt: Date; now: Date }): LineRight {
  const amountCents = line.priceCents - line.refundedCents;
  if (amountCents <= 0) return { right: 'ended', endedBy: 'already-refunded' };
  if (line.available) return { right: 'ended', endedBy: 'waived-and-available' };
  if (line.preSale || now < periodEnd(orderedAt)) return { right: 'stands', amountCents };
  return { right: 'ended', endedBy: 'period-over' };
}

export interface Outcome {
  outcome: 'refunded' | 'partly-refunded' | 'right-ended';
  /** Why for what is not paid back; the most telling reason of several. */
  endedBy: EndedBy | null;
  parts: { lineId: string; amountCents: number }[];
}

/** What a withdrawal from all of an order leads to. Lines that cost nothing say nothing. */
export function outcomeOf(lines: WithdrawalLine[], when: { orderedAt: Date; now: Date }): Outcome {
  const rights = lines
    .filter((line) => line.priceCents > 0)
    .map((line) => ({ lineId: line.lineId, ...rightOf(line, when) }));
  const parts = rights.flatMap((line) =>
    line.right === 'stands' ? [{ lineId: line.lineId, amountCents: line.amountCents }] : [],
  );
  const ended = new Set(rights.flatMap((line) => (line.right === 'ended' ? [line.endedBy] : [])));
  const order: EndedBy[] = ['waived-and-available', 'period-over', 'already-refunded'];
  const endedBy = order.find((reason) => ended.has(reason)) ?? null;
  if (parts.length === 0) return { outcome: 'right-ended', endedBy: endedBy ?? 'already-refunded', parts };
  const rest = endedBy === 'already-refunded' ? null : endedBy;
  return { outcome: rest ? 'partly-refunded' : 'refunded', endedBy: rest, parts };
}
