import { and, asc, eq, isNull } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { DomainError, isDomainError } from '#platform/errors.ts';
import { applyPaymentEvent } from './apply-payment-event.ts';
import { moveOrder, tellRoomsAbove } from './move-order.ts';
import type { RefundState } from './refund.ts';
import { orders, paymentEvents, payments, refunds } from './tables.ts';
import { failRefund } from './write-refund.ts';

type RefundRow = typeof refunds.$inferSelect;
type PaymentRow = typeof payments.$inferSelect;
type Answer = { refundId: string; state: 'succeeded' | 'pending' | 'failed' } | 'refused' | 'none';

/** Providers keep a key for a day at least: later it might make a second refund. */
const KEY_LIFE_MS = 20 * 3600_000;

/**
 * Asks the provider for a refund that was written down, and stores its answer; tells where the refund stands. Safe to run
 * twice and at once. Never called inside a transaction.
 */
export async function sendRefund(ctx: Context, { refundId }: { refundId: string }): Promise<RefundState> {
  const [found] = await ctx.db
    .select({ refund: refunds, payment: payments })
    .from(refunds)
    .innerJoin(payments, eq(payments.orderId, refunds.orderId))
    .where(eq(refunds.id, refundId));
  if (!found) throw new DomainError('not-found', { public: { key: 'orders.missing' } });
  const { refund, payment } = found;
  if (refund.state !== 'asked' || !(await takeTurn(ctx, refund))) return refund.state;
  const age = ctx.clock.now().getTime() - refund.createdAt.getTime();
  const answer = age < KEY_LIFE_MS ? await ask(ctx, refund, payment) : await seekLost(ctx, refund, payment);
  if (answer === 'none') return 'asked';
  return inTransaction(ctx, (tx) => storeAnswer(tx, refund, answer));
}

/** Of two who ask at once, one goes on: a provider refuses the other's call in words that look like a refusal of the refund. */
async function takeTurn(ctx: Context, refund: RefundRow): Promise<boolean> {
  const taken = await ctx.db
    .update(refunds)
    .set({ updatedAt: ctx.clock.now() })
    .where(
      and(eq(refunds.id, refund.id), eq(refunds.state, 'asked'), eq(refunds.updatedAt, refund.updatedAt)),
    )
    .returning({ id: refunds.id });
  return taken.length > 0;
}

async function ask(ctx: Context, refund: RefundRow, payment: PaymentRow): Promise<Answer> {
  const { amountCents, idempotencyKey } = refund;
  try {
    return await ctx.payments.refund({ intentId: payment.intentId ?? '', amountCents, idempotencyKey });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    ctx.log.error({ refundId: refund.id, code: error.code, error }, 'a refund was not taken');
    return error.code === 'unavailable' ? 'none' : 'refused';
  }
}

/**
 * After so long the key may be forgotten, and asking would refund twice. A notice of this amount that no refund of ours claims
 * is the lost answer. Else what the provider has given back in all tells: no more than we know of, and it never happened.
 */
async function seekLost(ctx: Context, refund: RefundRow, payment: PaymentRow): Promise<Answer> {
  const told = await findUnclaimed(ctx, refund);
  if (told !== null) return { refundId: told, state: 'succeeded' };
  const { refundedCents } = await ctx.payments.getIntent(payment.intentId ?? '');
  const [order] = await ctx.db
    .select({ refundedCents: orders.refundedCents })
    .from(orders)
    .where(eq(orders.id, refund.orderId));
  if (refundedCents <= (order?.refundedCents ?? 0)) return 'refused';
  ctx.log.error({ refundId: refund.id }, 'a refund whose answer was lost needs a person');
  return 'none';
}

/** The provider's id of a refund that it told of, and that nobody here asked for. */
async function findUnclaimed(
  ctx: Context,
  { orderId, amountCents }: Pick<RefundRow, 'orderId' | 'amountCents'>,
): Promise<string | null> {
  const [notice] = await ctx.db
    .select({ refundId: paymentEvents.subjectId })
    .from(paymentEvents)
    .leftJoin(refunds, eq(refunds.providerRefundId, paymentEvents.subjectId))
    .where(
      and(
        eq(paymentEvents.orderId, orderId),
        eq(paymentEvents.outcome, 'counted'),
        eq(paymentEvents.kind, 'refunded'),
        eq(paymentEvents.amountCents, amountCents),
        isNull(refunds.id),
      ),
    )
    .orderBy(asc(paymentEvents.receivedAt), asc(paymentEvents.id))
    .limit(1);
  return notice?.refundId ?? null;
}

async function storeAnswer(
  tx: Context,
  refund: RefundRow,
  answer: Exclude<Answer, 'none'>,
): Promise<RefundState> {
  const [order] = await tx.db.select().from(orders).where(eq(orders.id, refund.orderId)).for('update');
  const [payment] = await tx.db.select().from(payments).where(eq(payments.orderId, refund.orderId));
  const [now] = await tx.db.select().from(refunds).where(eq(refunds.id, refund.id));
  if (!order || !payment || now?.state !== 'asked') return now?.state ?? 'failed';
  if (answer === 'refused') await failRefund(tx, refund.id);
  else await keepAnswer(tx, refund.id, answer);
  if (answer !== 'refused' && answer.state === 'succeeded') await tellOfRefund(tx, refund, payment, answer);
  else await moveOrder(tx, order, payment);
  const [after] = await tx.db.select().from(refunds).where(eq(refunds.id, refund.id));
  // No notice told of it yet, and its money is on its way, or stays with us.
  if (after?.state === 'failed' || after?.state === 'pending') await tellRoomsAbove(tx, refund.orderId);
  return after?.state ?? 'failed';
}

async function keepAnswer(
  tx: Context,
  refundId: string,
  answer: Exclude<Answer, 'none' | 'refused'>,
): Promise<void> {
  await tx.db
    .update(refunds)
    .set({ providerRefundId: answer.refundId, state: 'pending', updatedAt: tx.clock.now() })
    .where(eq(refunds.id, refundId));
  if (answer.state === 'failed') await failRefund(tx, refundId);
}

/** The provider's answer as a notice of its own: whichever of both comes first, the refund counts once. */
async function tellOfRefund(
  tx: Context,
  refund: RefundRow,
  payment: PaymentRow,
  answer: { refundId: string },
): Promise<void> {
  await applyPaymentEvent(tx, {
    event: {
      id: `answered/${refund.id}`,
      kind: 'refunded',
      occurredAt: tx.clock.now(),
      intentId: payment.intentId ?? '',
      orderId: refund.orderId,
      refundId: answer.refundId,
      refundedCents: refund.amountCents,
      currency: refund.currency,
    },
  });
}
