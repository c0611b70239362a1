import { and, asc, eq, lt } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { applyPaymentEvent } from './apply-payment-event.ts';
import { sendRefund } from './send-refund.ts';
import { payments, refunds } from './tables.ts';

/** Longer than any call that may still be under way. */
const PATIENCE_MS = 2 * 60_000;
/** A bank takes days; between two questions about one refund. */
const SLOW_PATIENCE_MS = 3600_000;
const BATCH = 100;

/** Asks again for refunds whose answer never came, after a crash or a provider that was down, and about those on their way. Returns how many. */
export async function sweepRefunds(ctx: Context): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - PATIENCE_MS);
  const waiting = await ctx.db
    .select({ refundId: refunds.id })
    .from(refunds)
    .where(and(eq(refunds.state, 'asked'), lt(refunds.updatedAt, before)))
    .orderBy(asc(refunds.updatedAt))
    .limit(BATCH);
  for (const { refundId } of waiting) {
    try {
      await sendRefund(ctx, { refundId });
    } catch (error) {
      ctx.log.error({ refundId, error }, 'a refund could not be asked for again');
    }
  }
  return waiting.length + (await sweepPending(ctx));
}

/** The notice that ends a refund may be lost for good. */
async function sweepPending(ctx: Context): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - SLOW_PATIENCE_MS);
  const waiting = await ctx.db
    .select({ refund: refunds, intentId: payments.intentId })
    .from(refunds)
    .innerJoin(payments, eq(payments.orderId, refunds.orderId))
    .where(
      and(
        eq(refunds.state, 'pending'),
        lt(refunds.updatedAt, before),
        eq(payments.provider, ctx.payments.name),
      ),
    )
    .orderBy(asc(refunds.updatedAt))
    .limit(BATCH);
  for (const { refund, intentId } of waiting) {
    try {
      await followPending(ctx, refund, intentId ?? '');
    } catch (error) {
      ctx.log.error({ refundId: refund.id, error }, 'the provider could not be asked about a refund');
    }
  }
  return waiting.length;
}

/** Its answer is a notice of its own, counted once for each state. */
async function followPending(
  ctx: Context,
  { id, providerRefundId, amountCents, currency }: typeof refunds.$inferSelect,
  intentId: string,
): Promise<void> {
  const now = ctx.clock.now();
  await ctx.db
    .update(refunds)
    .set({ updatedAt: now })
    .where(and(eq(refunds.id, id), eq(refunds.state, 'pending')));
  const refundId = providerRefundId ?? '';
  const { state } = await ctx.payments.getRefund({ intentId, refundId });
  if (state === 'pending') return;
  const shared = { id: `reconciled/${refundId}/${state}`, occurredAt: now, intentId, refundId, currency };
  await applyPaymentEvent(ctx, {
    event:
      state === 'succeeded'
        ? { ...shared, kind: 'refunded', orderId: null, refundedCents: amountCents }
        : { ...shared, kind: 'refund-failed', amountCents, reason: null },
  });
}
