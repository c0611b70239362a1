import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { isDomainError } from '#platform/errors.ts';
import type { Notice } from './order.ts';
import { paymentEvents } from './tables.ts';

/** The counted notices of an order. */
export async function listCounted(ctx: Context, orderId: string): Promise<Notice[]> {
  return ctx.db
    .select()
    .from(paymentEvents)
    .where(and(eq(paymentEvents.orderId, orderId), eq(paymentEvents.outcome, 'counted')));
}

/** Cents that the buyer's bank took for good, or holds while it decides. `spared` names open disputes that took nothing yet. */
export function takenByBank(notices: Notice[], spared: (disputeId: string) => boolean): number {
  const taken = new Map<string, number>();
  for (const { kind, subjectId, amountCents } of notices) {
    if (subjectId === null || !kind.startsWith('dispute-')) continue;
    taken.set(subjectId, Math.max(taken.get(subjectId) ?? 0, amountCents));
  }
  const ended = (kind: Notice['kind']) =>
    new Set(notices.filter((notice) => notice.kind === kind).map((notice) => notice.subjectId));
  const [won, lost] = [ended('dispute-won'), ended('dispute-lost')];
  return [...taken]
    .filter(([id]) => lost.has(id) || (!won.has(id) && !spared(id)))
    .reduce((sum, [, cents]) => sum + cents, 0);
}

/**
 * Open disputes of an order in which the bank only asks: a refund ends them, and pays nothing twice. Asks the provider, so
 * never called inside a transaction.
 */
export async function findSpared(ctx: Context, orderId: string): Promise<Set<string>> {
  const opened = (await listCounted(ctx, orderId)).filter((notice) => notice.kind === 'dispute-opened');
  const spared = new Set<string>();
  for (const disputeId of new Set(opened.flatMap(({ subjectId }) => subjectId ?? []))) {
    if (await isSpared(ctx, disputeId)) spared.add(disputeId);
  }
  return spared;
}

async function isSpared(ctx: Context, disputeId: string): Promise<boolean> {
  try {
    return (await ctx.payments.getDispute(disputeId)).refundable;
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'not-found') throw error;
    return false;
  }
}
