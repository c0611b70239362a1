import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { releasePromo } from '../pricing/release-promo.ts';
import { emptyCart } from './empty-cart.ts';
import { AFTER_EACH_MOVE, DELIVER_ORDER, TELL_FAILED_PAYMENT } from './job-names.ts';
import { canMove, type Notice, type Standing, standingAfter } from './order.ts';
import { postRefundFailedMail, postRefundMail } from './refunded-email.ts';
import { settleRefunds } from './settle-refunds.ts';
import { orders, paymentEvents, payments, type refunds } from './tables.ts';

type OrderRow = typeof orders.$inferSelect;
type PaymentRow = typeof payments.$inferSelect;
type RefundRow = typeof refunds.$inferSelect;
type NoticeRow = typeof paymentEvents.$inferSelect;

/** A buyer who was refused may be trying another card: the mail waits for that. */
const FAILED_MAIL_DELAY_SECONDS = 600;

/** Brings an order, its payment and its refunds to where the set of its counted notices leads. The order must be locked. */
export async function moveOrder(
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
  const settled = await settleRefunds(tx, order, notices);
  const moves = standing.state !== order.state;
  const counts = moves || standing.refundedCents !== order.refundedCents;
  if (!counts && settled.length === 0) return 'no-change';
  if (counts) await updateOrder(tx, order, standing, notices);
  await tellRoomsAbove(tx, order.id);
  await tellOfRefunds(tx, order, { standing, settled });
  if (moves) await followUp(tx, order, standing);
  return 'applied';
}

/** Money on its way, or, after it was told to be, back with us. */
async function tellOfRefunds(
  tx: Context,
  order: OrderRow,
  { standing, settled }: { standing: Standing; settled: RefundRow[] },
): Promise<void> {
  const { refundedCents } = standing;
  if (refundedCents > order.refundedCents) {
    const told = settled.filter((refund) => refund.state === 'succeeded');
    await postRefundMail(tx, { order, refundedCents, refunds: told });
  }
  if (refundedCents < order.refundedCents) {
    const failed = settled.filter((refund) => refund.state === 'failed');
    for (const refund of failed) await postRefundFailedMail(tx, { order, refund });
  }
}

/** Every room above looks at the order again, once for each of these jobs. */
export async function tellRoomsAbove(tx: Context, orderId: string): Promise<void> {
  for (const job of AFTER_EACH_MOVE) await tx.queue.enqueue(tx.db, job, { orderId });
}

async function updateOrder(
  tx: Context,
  order: OrderRow,
  standing: Standing,
  notices: Notice[],
): Promise<void> {
  if (standing.state !== order.state && !canMove(order.state, standing.state)) {
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
}

async function updatePayment(
  tx: Context,
  payment: PaymentRow,
  notices: NoticeRow[],
  standing: Standing,
): Promise<void> {
  const [told] = notices.filter((notice) => notice.intentId !== '');
  await tx.db
    .update(payments)
    .set({
      intentId: payment.intentId ?? told?.intentId ?? null,
      state: paymentState(notices, standing) ?? payment.state,
      disputed: standing.disputed,
      updatedAt: tx.clock.now(),
    })
    .where(eq(payments.id, payment.id));
}

function paymentState(notices: Notice[], { state }: Standing): PaymentRow['state'] | null {
  if (notices.some((notice) => notice.kind === 'succeeded')) return 'succeeded';
  return state === 'processing' || state === 'failed' || state === 'cancelled' ? state : null;
}

async function followUp(tx: Context, order: OrderRow, { state }: Standing): Promise<void> {
  if (state === 'paid') {
    await tx.queue.enqueue(tx.db, DELIVER_ORDER, { orderId: order.id }, { singletonKey: order.id });
    await emptyCart(tx, order);
  }
  if (state === 'cancelled') await releasePromo(tx, { orderId: order.id });
  if (state === 'failed') {
    const later = { runAfterSeconds: FAILED_MAIL_DELAY_SECONDS, singletonKey: order.id };
    await tx.queue.enqueue(tx.db, TELL_FAILED_PAYMENT, { orderId: order.id }, later);
  }
}
