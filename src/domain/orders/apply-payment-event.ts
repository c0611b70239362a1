import { and, eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import {
  movesOrder,
  type OrderPaymentEvent,
  type PaymentEvent,
  type SidePaymentEvent,
} from '#platform/payments/payment-event.ts';
import { emptyCart } from './empty-cart.ts';
import { AFTER_EACH_MOVE, DELIVER_ORDER, TELL_FAILED_PAYMENT } from './job-names.ts';
import { canMove, type Standing, standingAfter } from './order.ts';
import { postRefundMail } from './refunded-email.ts';
import { orders, paymentEvents, payments } from './tables.ts';

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

type OrderRow = typeof orders.$inferSelect;
type PaymentRow = typeof payments.$inferSelect;

/** A buyer who was refused may be trying another card: the mail waits for that. */
const FAILED_MAIL_DELAY_SECONDS = 600;

/** Counts a verified notice once and moves its order to where the set of all its notices leads. Safe to run twice and in any order. */
export async function applyPaymentEvent(
  ctx: Context,
  { event }: { event: PaymentEvent },
): Promise<PaymentEventOutcome> {
  if (!movesOrder(event)) return note(ctx, event);
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

async function countEvent(tx: Context, event: OrderPaymentEvent): Promise<PaymentEventOutcome> {
  if (event.otherMode) {
    return (await insertEvent(tx, event, null, 'other-mode')) ? 'other-mode' : 'already-received';
  }
  const payment = await findPayment(tx, event);
  if (!payment) {
    return (await insertEvent(tx, event, null, 'unknown-order')) ? 'unknown-order' : 'already-received';
  }
  const [order] = await tx.db.select().from(orders).where(eq(orders.id, payment.orderId)).for('update');
  if (!order) throw new DomainError('conflict', { public: { key: 'orders.missing' } });
  if (!amountFits(event, payment)) {
    return (await insertEvent(tx, event, order.id, 'amount-differs')) ? 'amount-differs' : 'already-received';
  }
  if (!(await insertEvent(tx, event, order.id, 'counted'))) return 'already-received';
  return moveOrder(tx, order, payment);
}

/** By intent; by order when the notice was faster than the answer that tells us the intent. */
async function findPayment(tx: Context, event: OrderPaymentEvent): Promise<PaymentRow | null> {
  const [byIntent] = await tx.db
    .select()
    .from(payments)
    .where(and(eq(payments.intentId, event.intentId), eq(payments.provider, tx.payments.name)));
  if (byIntent) return event.orderId === null || event.orderId === byIntent.orderId ? byIntent : null;
  if (event.orderId === null || !isUuid(event.orderId)) return null;
  const [byOrder] = await tx.db
    .select()
    .from(payments)
    .where(and(eq(payments.orderId, event.orderId), eq(payments.provider, tx.payments.name)));
  return byOrder?.intentId === null ? byOrder : null;
}

function amountFits(event: OrderPaymentEvent, payment: PaymentRow): boolean {
  if (event.currency !== payment.currency) return false;
  if (event.kind === 'refunded') return event.refundedCents > 0 && event.refundedCents <= payment.amountCents;
  if (event.kind.startsWith('dispute-')) return true;
  return event.amountCents === payment.amountCents;
}

async function insertEvent(
  tx: Context,
  event: OrderPaymentEvent,
  orderId: string | null,
  outcome: 'counted' | 'unknown-order' | 'amount-differs' | 'other-mode',
): Promise<boolean> {
  const inserted = await tx.db
    .insert(paymentEvents)
    .values({
      id: event.id,
      provider: tx.payments.name,
      kind: event.kind,
      intentId: event.intentId,
      orderId,
      subjectId: subjectOf(event),
      amountCents: event.kind === 'refunded' ? event.refundedCents : event.amountCents,
      currency: event.currency,
      outcome,
      occurredAt: event.occurredAt,
      receivedAt: tx.clock.now(),
    })
    .onConflictDoNothing()
    .returning({ id: paymentEvents.id });
  return inserted.length > 0;
}

function subjectOf(event: OrderPaymentEvent): string | null {
  if (event.kind === 'refunded') return event.refundId;
  return 'disputeId' in event ? event.disputeId : null;
}

async function moveOrder(
  tx: Context,
  order: OrderRow,
  payment: PaymentRow,
): Promise<'applied' | 'no-change'> {
  const notices = await tx.db
    .select()
    .from(paymentEvents)
    .where(and(eq(paymentEvents.orderId, order.id), eq(paymentEvents.outcome, 'counted')));
  const standing = standingAfter(notices, order.totalCents);
  await updatePayment(tx, payment, notices, standing);
  const moves = standing.state !== order.state;
  if (!moves && standing.refundedCents === order.refundedCents) return 'no-change';
  if (moves && !canMove(order.state, standing.state)) {
    throw new DomainError('conflict', {
      public: { key: 'orders.missing' },
      internal: `no way from ${order.state} to ${standing.state}`,
    });
  }
  const now = tx.clock.now();
  const paid = notices.some((notice) => notice.kind === 'succeeded');
  await tx.db
    .update(orders)
    .set({
      state: standing.state,
      refundedCents: standing.refundedCents,
      paidAt: order.paidAt ?? (paid ? now : null),
      updatedAt: now,
    })
    .where(and(eq(orders.id, order.id), eq(orders.state, order.state)));
  for (const job of AFTER_EACH_MOVE) await tx.queue.enqueue(tx.db, job, { orderId: order.id });
  await followUp(tx, order, standing);
  return 'applied';
}

async function updatePayment(
  tx: Context,
  payment: PaymentRow,
  notices: { kind: string; intentId: string }[],
  standing: Standing,
): Promise<void> {
  await tx.db
    .update(payments)
    .set({
      intentId: payment.intentId ?? notices[0]?.intentId ?? null,
      state: paymentState(notices, standing) ?? payment.state,
      disputed: standing.disputed,
      updatedAt: tx.clock.now(),
    })
    .where(eq(payments.id, payment.id));
}

function paymentState(notices: { kind: string }[], { state }: Standing): PaymentRow['state'] | null {
  if (notices.some((notice) => notice.kind === 'succeeded')) return 'succeeded';
  return state === 'processing' || state === 'failed' || state === 'cancelled' ? state : null;
}

async function followUp(tx: Context, order: OrderRow, { state, refundedCents }: Standing): Promise<void> {
  if (refundedCents > order.refundedCents) await postRefundMail(tx, { order, refundedCents });
  if (state === order.state) return;
  if (state === 'paid') {
    await tx.queue.enqueue(tx.db, DELIVER_ORDER, { orderId: order.id }, { singletonKey: order.id });
    await emptyCart(tx, order);
  }
  if (state === 'failed') {
    const later = { runAfterSeconds: FAILED_MAIL_DELAY_SECONDS, singletonKey: order.id };
    await tx.queue.enqueue(tx.db, TELL_FAILED_PAYMENT, { orderId: order.id }, later);
  }
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
