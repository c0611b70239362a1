import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireOrganisation } from '#domain/accounts/require-account.ts';
import { parseInput } from '#platform/parse-input.ts';
import { findPayUrl } from './find-pay-url.ts';
import type { OrderState } from './order.ts';
import { orderSecret } from './order-secret.ts';
import { orderLines, orders } from './tables.ts';

export const listCreditOrdersInput = z.object({
  /** The last one of the page before. */
  after: z.uuid().optional(),
  limit: z.int().min(1).max(50).default(10),
});

export interface CreditOrder {
  orderId: string;
  number: string;
  state: OrderState;
  credits: number;
  totalCents: number;
  refundedCents: number;
  currency: string;
  createdAt: Date;
  /** Null when there is nothing to pay, and for what another account of the organisation ordered. */
  payUrl: string | null;
}

/** Orders of credits for the actor's organisation, newest first. Throws 'forbidden' for all others. */
export async function listCreditOrders(
  ctx: Context,
  input: z.input<typeof listCreditOrdersInput>,
): Promise<CreditOrder[]> {
  const { organisationId, userId } = requireOrganisation(ctx);
  const { after, limit } = parseInput(listCreditOrdersInput, input);
  const found = await ctx.db
    .select({ order: orders, credits: orderLines.credits })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(
      and(
        eq(orderLines.kind, 'credits'),
        eq(orderLines.creditsFor, organisationId),
        after
          ? sql`(${orders.createdAt}, ${orders.id}) < (select o.created_at, o.id from orders o where o.id = ${after})`
          : undefined,
      ),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(limit);
  return Promise.all(
    found.map(async ({ order, credits }) => ({
      orderId: order.id,
      number: order.number,
      state: order.state,
      credits: credits ?? 0,
      totalCents: order.totalCents,
      refundedCents: order.refundedCents,
      currency: order.currency,
      createdAt: order.createdAt,
      payUrl: order.userId === userId ? await findPayUrl(ctx, order, orderSecret(ctx, order.id)) : null,
    })),
  );
}
