import { and, asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { events } from '../events/tables.ts';
import { listCounted, takenByBank } from './disputed-money.ts';
import { tellRoomsAbove } from './move-order.ts';
import { openCents, type PaidLine, type RefundCause, type RefundPart } from './refund.ts';
import { settleCredits } from './settle-credits.ts';
import { orderLines, orders, payments, refunds } from './tables.ts';
import { insertRefund } from './write-refund.ts';

type OrderRow = typeof orders.$inferSelect;

export interface WantedRefund {
  orderId: string;
  /** `all`: whatever is still open of every line that the asker may refund. */
  lines: 'all' | RefundPart[];
  cause: RefundCause;
  note: string | null;
  /** Only lines of this organisation's events; null for the operator and the system. */
  sellerId: string | null;
  /** Of the form that asks: sent twice, it asks once. */
  requestId?: string | undefined;
  /** Open disputes in which the bank has taken nothing yet; none when nobody asked. */
  spared?: ReadonlySet<string>;
}

/**
 * Writes down that money is to go back, with its key, before anybody asks the provider. `sendRefund` does that, after this
 * transaction. Throws 'not-found' for an order or line that is not the asker's, and 'conflict' for more than is open.
 */
export async function askRefund(tx: Context, wanted: WantedRefund): Promise<typeof refunds.$inferSelect> {
  const order = await lockPaidOrder(tx, wanted.orderId);
  const before = await findAsked(tx, wanted);
  if (before) return before;
  const lines = await listLines(tx, wanted);
  if (lines.length === 0) throw orderMissing();
  const parts = wanted.lines === 'all' ? allOpen(lines) : requireOpen(lines, wanted.lines);
  if (parts.length === 0) throw refused('refundNothing');
  if (order.state === 'disputed') await requireNotTaken(tx, order, { ...wanted, parts });
  const refund = await insertRefund(
    tx,
    {
      id: wanted.requestId ?? tx.random.id(),
      orderId: order.id,
      currency: order.currency,
      cause: wanted.cause,
      note: wanted.note,
      askedBy: tx.actor.kind === 'account' ? tx.actor.userId : null,
      providerRefundId: null,
      state: 'asked',
    },
    parts,
  );
  await requireUnusedCredits(tx, order.id);
  const { cause } = wanted;
  await recordAudit(tx, {
    action: 'orders.refund',
    subjectKind: 'order',
    subjectId: order.id,
    details: { refundId: refund.id, amountCents: refund.amountCents, cause, lines: parts.length },
  });
  await tellRoomsAbove(tx, order.id);
  return refund;
}

/** Credits leave with the money that paid for them, at once: what is used cannot be refunded. */
async function requireUnusedCredits(tx: Context, orderId: string): Promise<void> {
  const { usedUp: credits } = await settleCredits(tx, { orderId });
  if (credits === 0) return;
  throw new DomainError('conflict', { public: { key: 'orders.creditsUsed', values: { credits } } });
}

async function lockPaidOrder(tx: Context, orderId: string): Promise<OrderRow> {
  const [order] = await tx.db.select().from(orders).where(eq(orders.id, orderId)).for('update');
  if (!order) throw orderMissing();
  const [payment] = await tx.db.select().from(payments).where(eq(payments.orderId, orderId));
  if (payment?.state !== 'succeeded' || payment.intentId === null) throw refused('refundUnpaid');
  if (payment.provider !== tx.payments.name) throw refused('refundElsewhere');
  return order;
}

/** What the bank took, or may still take, a refund would pay twice. Which of several sellers bears it is the operator's to say. */
async function requireNotTaken(
  tx: Context,
  order: OrderRow,
  { parts, sellerId, spared }: WantedRefund & { parts: RefundPart[] },
): Promise<void> {
  const notices = await listCounted(tx, order.id);
  const taken = takenByBank(notices, (disputeId) => spared?.has(disputeId) ?? false);
  const lines = await tx.db.select().from(orderLines).where(eq(orderLines.orderId, order.id));
  const left = order.totalCents - taken - lines.reduce((sum, line) => sum + line.refundedCents, 0);
  const asked = parts.reduce((sum, part) => sum + part.amountCents, 0);
  if (sellerId !== null || asked > left) throw refused('refundDisputed');
}

/** What the same form asked before. */
async function findAsked(
  tx: Context,
  { requestId, orderId }: WantedRefund,
): Promise<typeof refunds.$inferSelect | null> {
  if (requestId === undefined) return null;
  const [asked] = await tx.db.select().from(refunds).where(eq(refunds.id, requestId));
  if (asked && asked.orderId !== orderId) throw orderMissing();
  return asked ?? null;
}

async function listLines(tx: Context, { orderId, sellerId }: WantedRefund): Promise<PaidLine[]> {
  return tx.db
    .select({
      lineId: orderLines.id,
      priceCents: orderLines.priceCents,
      refundedCents: orderLines.refundedCents,
    })
    .from(orderLines)
    .leftJoin(events, eq(events.id, orderLines.eventId))
    .where(
      and(
        eq(orderLines.orderId, orderId),
        sellerId === null ? undefined : eq(events.organisationId, sellerId),
      ),
    )
    .orderBy(asc(orderLines.position));
}

function allOpen(lines: PaidLine[]): RefundPart[] {
  return lines
    .map((line) => ({ lineId: line.lineId, amountCents: openCents(line) }))
    .filter((part) => part.amountCents > 0);
}

function requireOpen(lines: PaidLine[], wanted: RefundPart[]): RefundPart[] {
  const byId = new Map(lines.map((line) => [line.lineId, line]));
  for (const { lineId, amountCents } of wanted) {
    const line = byId.get(lineId);
    if (!line) throw orderMissing();
    if (amountCents > openCents(line)) throw refused('refundTooMuch');
  }
  return wanted;
}

function orderMissing(): DomainError {
  return new DomainError('not-found', { public: { key: 'orders.missing' } });
}

function refused(key: string): DomainError {
  return new DomainError('conflict', { public: { key: `orders.${key}` } });
}
