import { and, asc, eq, lt } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { sendRefund } from './send-refund.ts';
import { refunds } from './tables.ts';

/** Longer than any call that may still be under way. */
const PATIENCE_MS = 2 * 60_000;
const BATCH = 100;

/** Asks again for refunds whose answer never came, after a crash or a provider that was down. Returns how many. */
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
  return waiting.length;
}
