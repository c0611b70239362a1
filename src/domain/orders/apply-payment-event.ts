import { and, eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import {
  movesOrder,
  type OrderPaymentEvent,
  type PaymentEvent,
  type SidePaymentEvent,
} from '#platform/payments/payment-event.ts';
import { moveOrder } from './move-order.ts';
import { orders, paymentEvents, payments, refunds } from './tables.ts';

export type PaymentEventOutcome =
  | 'applied'
  | 'no-change'
  /** This very notice was here before. */
  | 'already-received'
  /** Set aside for a person; the order is untouched. */
  | 'unknown-order'
  | 'amount-differs'
  | 'other-mode'
  /** It moves no order. */
  | 'noted';

type PaymentRow = typeof payments.$inferSelect;
/** The one notice of the others that an order follows: it undoes a refund. */
type RefundFailed = Extract<SidePaymentEvent, { kind: 'refund-failed' }>;
type Counted = OrderPaymentEvent | RefundFailed;
type Outcome = typeof paymentEvents.$inferSelect.outcome;

/** Counts a verified notice once and moves its order to where the set of all its notices leads. Safe to run twice and in any order. */
export async function applyPaymentEvent(
  ctx: Context,
  { event }: { event: PaymentEvent },
): Promise<PaymentEventOutcome> {
  if (event.kind !== 'refund-failed' && !movesOrder(event)) return note(ctx, event);
  if (event.kind === 'refund-failed') note(ctx, event);
  const outcome = await inTransaction(ctx, (tx) => countEvent(tx, event));
  if (outcome === 'unknown-order' || outcome === 'amount-differs' || outcome === 'other-mode') {
    ctx.log.error(
      { paymentEventId: event.id, kind: event.kind, outcome },
      'payment notice set aside for a person',
    );
  }
  return outcome;
}

/** A person should look at these: money moved, or may move, without an order knowing of it. */
const ALARMING = new Set<PaymentEvent['kind']>([
  'refund-failed',
  'fraud-warning',
  'payout-failed',
  'other-mode',
]);

function note(ctx: Context, event: SidePaymentEvent): 'noted' {
  const facts = {
    paymentEventId: event.id,
    kind: event.kind,
    ...('type' in event ? { type: event.type } : {}),
  };
  if (ALARMING.has(event.kind)) ctx.log.error(facts, 'payment notice for a person');
  else ctx.log.info(facts, 'payment notice taken note of');
  return 'noted';
}

async function countEvent(tx: Context, event: Counted): Promise<PaymentEventOutcome> {
  if ('otherMode' in event && event.otherMode) return setAside(tx, event, null, 'other-mode');
  const payment = await findPayment(tx, event);
  if (!payment) return setAside(tx, event, null, 'unknown-order');
  const [order] = await tx.db.select().from(orders).where(eq(orders.id, payment.orderId)).for('update');
  if (!order) throw new DomainError('conflict', { public: { key: 'orders.missing' } });
  if (!amountFits(event, payment)) return setAside(tx, event, order.id, 'amount-differs');
  if (!(await insertEvent(tx, event, order.id, 'counted'))) return 'already-received';
  return moveOrder(tx, order, payment);
}

async function setAside(
  tx: Context,
  event: Counted,
  orderId: string | null,
  outcome: Exclude<Outcome, 'counted'>,
): Promise<PaymentEventOutcome> {
  return (await insertEvent(tx, event, orderId, outcome)) ? outcome : 'already-received';
}

/** By intent; by order when the notice was faster than the answer that tells us the intent. */
async function findPayment(tx: Context, event: Counted): Promise<PaymentRow | null> {
  const intentId = event.intentId ?? (await findIntentOfRefund(tx, event));
  if (intentId === null) return null;
  const orderId = event.kind === 'refund-failed' ? null : event.orderId;
  const [byIntent] = await tx.db
    .select()
    .from(payments)
    .where(and(eq(payments.intentId, intentId), eq(payments.provider, tx.payments.name)));
  if (byIntent) return orderId === null || orderId === byIntent.orderId ? byIntent : null;
  if (orderId === null || !isUuid(orderId)) return null;
  const [byOrder] = await tx.db
    .select()
    .from(payments)
    .where(and(eq(payments.orderId, orderId), eq(payments.provider, tx.payments.name)));
  return byOrder?.intentId === null ? byOrder : null;
}

async function findIntentOfRefund(tx: Context, event: Counted): Promise<string | null> {
  if (event.kind !== 'refund-failed') return null;
  const [found] = await tx.db
    .select({ intentId: payments.intentId })
    .from(refunds)
    .innerJoin(payments, eq(payments.orderId, refunds.orderId))
    .where(eq(refunds.providerRefundId, event.refundId));
  return found?.intentId ?? null;
}

function amountFits(event: Counted, payment: PaymentRow): boolean {
  if (event.currency !== payment.currency) return false;
  if (event.kind === 'refunded' || event.kind === 'refund-failed') {
    return amountOf(event) > 0 && amountOf(event) <= payment.amountCents;
  }
  if (event.kind.startsWith('dispute-')) return true;
  return amountOf(event) === payment.amountCents;
}

async function insertEvent(
  tx: Context,
  event: Counted,
  orderId: string | null,
  outcome: Outcome,
): Promise<boolean> {
  const inserted = await tx.db
    .insert(paymentEvents)
    .values({
      id: event.id,
      provider: tx.payments.name,
      kind: event.kind,
      intentId: event.intentId ?? '',
      orderId,
      subjectId: subjectOf(event),
      amountCents: amountOf(event),
      currency: event.currency,
      outcome,
      occurredAt: event.occurredAt,
      receivedAt: tx.clock.now(),
    })
    .onConflictDoNothing()
    .returning({ id: paymentEvents.id });
  return inserted.length > 0;
}

function amountOf(event: Counted): number {
  return event.kind === 'refunded' ? event.refundedCents : event.amountCents;
}

function subjectOf(event: Counted): string | null {
  if ('refundId' in event) return event.refundId;
  return 'disputeId' in event ? event.disputeId : null;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
