import { and, asc, inArray, lt } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { applyPaymentEvent } from '../orders/apply-payment-event.ts';
import { keepDispute } from './keep-dispute.ts';
import { disputes } from './tables.ts';

const PATIENCE_MS = 12 * 3600_000;
const BATCH = 100;

/** Asks the provider about open disputes that nobody told of for long: a verdict's notice may be lost. Returns how many. */
export async function sweepDisputes(ctx: Context): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - PATIENCE_MS);
  const open = await ctx.db
    .select({ id: disputes.id })
    .from(disputes)
    .where(and(inArray(disputes.state, ['needs-response', 'under-review']), lt(disputes.updatedAt, before)))
    .orderBy(asc(disputes.updatedAt))
    .limit(BATCH);
  for (const { id } of open) {
    try {
      await askAgain(ctx, id);
    } catch (error) {
      ctx.log.error({ disputeId: id, error }, 'the provider could not be asked about a dispute');
    }
  }
  return open.length;
}

/** A verdict moves the order too, as a notice of its own. */
async function askAgain(ctx: Context, disputeId: string): Promise<void> {
  const view = await ctx.payments.getDispute(disputeId);
  const occurredAt = ctx.clock.now();
  const { intentId, amountCents, currency, state } = view;
  if (intentId !== null && (state === 'won' || state === 'lost')) {
    const kind = `dispute-${state}` as const;
    const told = { intentId, orderId: null, disputeId, amountCents, currency, occurredAt };
    await applyPaymentEvent(ctx, { event: { ...told, id: `reconciled/${disputeId}/${state}`, kind } });
  }
  await inTransaction(ctx, (tx) => keepDispute(tx, { view, money: null, occurredAt }));
}
