import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { requireAdmin } from '../accounts/require-account.ts';
import { type RefundView, toRefundView } from './get-sold-order.ts';
import { orders, refunds } from './tables.ts';

const listRefundsInput = z.object({
  state: z.enum(['asked', 'pending', 'succeeded', 'failed']).optional(),
  /** The last one of the page before. */
  after: z.uuid().optional(),
  limit: z.int().min(1).max(200).default(50),
});

/** Money on its way back to buyers, newest first, for the operator. Throws 'forbidden'. */
export async function listRefunds(
  ctx: Context,
  input: z.input<typeof listRefundsInput> = {},
): Promise<(RefundView & { orderId: string; number: string })[]> {
  requireAdmin(ctx);
  const { state, after, limit } = parseInput(listRefundsInput, input);
  const found = await ctx.db
    .select({ refund: refunds, number: orders.number })
    .from(refunds)
    .innerJoin(orders, eq(orders.id, refunds.orderId))
    .where(
      and(
        state ? eq(refunds.state, state) : undefined,
        after
          ? sql`(${refunds.createdAt}, ${refunds.id}) < (select r.created_at, r.id from refunds r where r.id = ${after})`
          : undefined,
      ),
    )
    .orderBy(desc(refunds.createdAt), desc(refunds.id))
    .limit(limit);
  return found.map(({ refund, number }) => ({ ...toRefundView(refund), orderId: refund.orderId, number }));
}
