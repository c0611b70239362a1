import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { requireAdmin } from '../accounts/require-account.ts';
import { orders } from '../orders/tables.ts';
import type { DisputeState } from './dispute.ts';
import { disputes, fraudWarnings } from './tables.ts';

const MOST_SHOWN = 200;

const listDisputesInput = z.object({
  state: z.enum(['needs-response', 'under-review', 'won', 'lost']).optional(),
  orderId: z.uuid().optional(),
});

export interface DisputeSummary {
  disputeId: string;
  /** Null for a payment that is none of ours. */
  order: { orderId: string; number: string; email: string } | null;
  intentId: string | null;
  amountCents: number;
  currency: string;
  reason: string;
  state: DisputeState;
  fundsWithdrawn: boolean;
  respondBy: Date | null;
  submissions: number;
  openedAt: Date;
}

/** For the operator: those that wait for an answer first, the nearest day first. Throws 'forbidden'. */
export async function listDisputes(
  ctx: Context,
  input: z.input<typeof listDisputesInput> = {},
): Promise<DisputeSummary[]> {
  requireAdmin(ctx);
  const { state, orderId } = parseInput(listDisputesInput, input);
  const waiting = sql`case when ${disputes.state} = 'needs-response' then 0 else 1 end`;
  const found = await ctx.db
    .select({ dispute: disputes, order: orders })
    .from(disputes)
    .leftJoin(orders, eq(orders.id, disputes.orderId))
    .where(
      and(state ? eq(disputes.state, state) : undefined, orderId ? eq(disputes.orderId, orderId) : undefined),
    )
    .orderBy(asc(waiting), asc(disputes.respondBy), desc(disputes.openedAt), asc(disputes.id))
    .limit(MOST_SHOWN);
  return found.map(toSummary);
}

/** Throws 'forbidden' and 'not-found'. */
export async function getDispute(
  ctx: Context,
  { disputeId }: { disputeId: string },
): Promise<DisputeSummary> {
  requireAdmin(ctx);
  const [found] = await ctx.db
    .select({ dispute: disputes, order: orders })
    .from(disputes)
    .leftJoin(orders, eq(orders.id, disputes.orderId))
    .where(eq(disputes.id, disputeId));
  if (!found) throw new DomainError('not-found', { public: { key: 'disputes.missing' } });
  return toSummary(found);
}

export interface FraudWarningView {
  warningId: string;
  order: { orderId: string; number: string; email: string; totalCents: number; currency: string } | null;
  intentId: string | null;
  actionable: boolean;
  at: Date;
}

/** Warnings that nobody has dealt with yet, oldest first. Throws 'forbidden'. */
export async function listFraudWarnings(ctx: Context): Promise<FraudWarningView[]> {
  requireAdmin(ctx);
  const found = await ctx.db
    .select({ warning: fraudWarnings, order: orders })
    .from(fraudWarnings)
    .leftJoin(orders, eq(orders.id, fraudWarnings.orderId))
    .where(isNull(fraudWarnings.closedAt))
    .orderBy(asc(fraudWarnings.at))
    .limit(MOST_SHOWN);
  return found.map(({ warning: { id: warningId, intentId, actionable, at }, order }) => ({
    warningId,
    intentId,
    actionable,
    at,
    order: order && {
      orderId: order.id,
      number: order.number,
      email: order.email,
      totalCents: order.totalCents,
      currency: order.currency,
    },
  }));
}

function toSummary({
  dispute,
  order,
}: {
  dispute: typeof disputes.$inferSelect;
  order: typeof orders.$inferSelect | null;
}): DisputeSummary {
  const { id: disputeId, orderId: _order, updatedAt: _at, ...facts } = dispute;
  return {
    disputeId,
    ...facts,
    order: order && { orderId: order.id, number: order.number, email: order.email },
  };
}
