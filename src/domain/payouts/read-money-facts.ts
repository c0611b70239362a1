import { and, asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from '../events/tables.ts';
import { orderLines, orders, paymentEvents, payments, refundLines, refunds } from '../orders/tables.ts';
import type { ShareTerms } from '../pricing/offer.ts';
import type { DisputeFacts, MoneyFacts, PaidLine, RefundFacts } from './money-facts.ts';

type EventRow = typeof paymentEvents.$inferSelect;
type RefundRow = typeof refunds.$inferSelect;

/** The order as far as its money goes, without what the provider keeps. */
export type OrderMoney = Omit<MoneyFacts, 'fee' | 'feeBorneBy'> & {
  /** The payment at the provider. */
  intentId: string;
  /** Paid by a method that tells only after days whether it worked, and may be undone for weeks. */
  delayed: boolean;
  /** The provider has said what it keeps. */
  feeKnown: boolean;
  /** A bank has not decided yet: nothing of it is sent. */
  disputed: boolean;
};

/** Locks the order until the transaction ends. Null for one that is not paid, or that cost nothing. */
export async function readMoneyFacts(
  tx: Context,
  { orderId }: { orderId: string },
): Promise<OrderMoney | null> {
  const [order] = await tx.db.select().from(orders).where(eq(orders.id, orderId)).for('update');
  const [payment] = await tx.db.select().from(payments).where(eq(payments.orderId, orderId));
  if (!order || !payment || payment.intentId === null) return null;
  const notices = await tx.db
    .select()
    .from(paymentEvents)
    .where(and(eq(paymentEvents.orderId, orderId), eq(paymentEvents.outcome, 'counted')));
  const paidAt = firstInstant(notices.filter((notice) => notice.kind === 'succeeded'));
  if (paidAt === null) return null;
  const disputes = readDisputes(notices);
  return {
    orderId,
    currency: order.currency,
    provider: payment.provider,
    intentId: payment.intentId,
    paidAt,
    delayed: notices.some((notice) => notice.kind === 'processing'),
    feeKnown: payment.providerFeeCents !== null,
    lines: await readLines(tx, orderId),
    refunds: await readRefunds(tx, orderId, notices),
    disputes,
    disputed: disputes.some(({ won, lost }) => !won && !lost),
  };
}

function firstInstant(notices: EventRow[]): Date | null {
  const [first] = notices.toSorted((one, other) => one.occurredAt.getTime() - other.occurredAt.getTime());
  return first?.occurredAt ?? null;
}

async function readLines(tx: Context, orderId: string): Promise<PaidLine[]> {
  const found = await tx.db
    .select({ line: orderLines, sellerId: events.organisationId })
    .from(orderLines)
    .leftJoin(events, eq(events.id, orderLines.eventId))
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position), asc(orderLines.id));
  return found.map(({ line: { id: lineId, priceCents, eventId, creditsFor, terms }, sellerId }) => ({
    lineId,
    priceCents,
    eventId,
    creditsFor,
    terms: terms ?? usualTerms(tx, sellerId),
  }));
}

/** Of orders from before shares were kept. */
function usualTerms(tx: Context, sellerId: string | null): ShareTerms {
  const platformBps = Math.round(tx.config.platformFeePercent * 100);
  return { sellerId, platformBps, organiserId: null, organiserBps: 0, charityName: null, charityBps: 0 };
}

/** A refund that has no name at the provider yet is not known to have left. */
async function readRefunds(tx: Context, orderId: string, notices: EventRow[]): Promise<RefundFacts[]> {
  const known = await tx.db.select().from(refunds).where(eq(refunds.orderId, orderId));
  const parts = await tx.db
    .select({
      refundId: refundLines.refundId,
      lineId: refundLines.lineId,
      amountCents: refundLines.amountCents,
    })
    .from(refundLines)
    .innerJoin(refunds, eq(refunds.id, refundLines.refundId))
    .where(eq(refunds.orderId, orderId))
    .orderBy(asc(refundLines.lineId));
  const told = new Set(
    notices.filter((notice) => notice.kind === 'refunded').map((notice) => notice.subjectId),
  );
  return known.flatMap((refund: RefundRow) => {
    const { id, providerRefundId, amountCents, state, createdAt: at } = refund;
    if (providerRefundId === null) return [];
    const lines = parts.filter((part) => part.refundId === id);
    const left = told.has(providerRefundId) || state === 'pending' || state === 'succeeded';
    return [{ id: providerRefundId, amountCents, at, lines, left, failed: state === 'failed' }];
  });
}

function readDisputes(notices: EventRow[]): DisputeFacts[] {
  const byId = new Map<string, DisputeFacts>();
  for (const { kind, subjectId: id, amountCents, occurredAt } of notices) {
    if (id === null || !kind.startsWith('dispute-')) continue;
    const known = byId.get(id) ?? { id, amountCents: 0, at: occurredAt, won: false, lost: false };
    byId.set(id, {
      id,
      amountCents: Math.max(known.amountCents, amountCents),
      at: new Date(Math.min(occurredAt.getTime(), known.at.getTime())),
      won: known.won || kind === 'dispute-won',
      lost: known.lost || kind === 'dispute-lost',
    });
  }
  return [...byId.values()];
}
