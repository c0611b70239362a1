import { and, desc, eq, ilike, inArray, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import type { OrderState } from './order.ts';
import { orders, paymentEvents, payments } from './tables.ts';

export const listOrdersInput = z.object({
  state: z.enum(['pending', 'processing', 'paid', 'failed', 'cancelled', 'refunded', 'disputed']).optional(),
  /** Part of a number or of an e-mail address, or a payment's whole name at its provider. */
  search: z.string().trim().max(100).optional(),
  /** The last one of the page before. */
  after: z.uuid().optional(),
  limit: z.int().min(1).max(200).default(50),
});

export interface OrderSummary {
  orderId: string;
  number: string;
  state: OrderState;
  email: string;
  totalCents: number;
  refundedCents: number;
  currency: string;
  createdAt: Date;
  paidAt: Date | null;
  deliveredAt: Date | null;
}

/** For operators, newest first. Throws 'forbidden' for all others. */
export async function listOrders(
  ctx: Context,
  input: z.input<typeof listOrdersInput>,
): Promise<OrderSummary[]> {
  requireOperator(ctx);
  const { state, search, after, limit } = parseInput(listOrdersInput, input);
  const like = search ? `%${search.replaceAll(/[\\%_]/g, '\\$&')}%` : null;
  return ctx.db
    .select({
      orderId: orders.id,
      number: orders.number,
      state: orders.state,
      email: orders.email,
      totalCents: orders.totalCents,
      refundedCents: orders.refundedCents,
      currency: orders.currency,
      createdAt: orders.createdAt,
      paidAt: orders.paidAt,
      deliveredAt: orders.deliveredAt,
    })
    .from(orders)
    .where(
      and(
        state ? eq(orders.state, state) : undefined,
        like && search
          ? or(ilike(orders.number, like), ilike(orders.email, like), paidBy(search))
          : undefined,
        after
          ? sql`(${orders.createdAt}, ${orders.id}) < (select o.created_at, o.id from orders o where o.id = ${after})`
          : undefined,
      ),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(limit);
}

/** What an operator brings from the provider's own pages. */
function paidBy(intentId: string): SQL {
  return sql`exists (select 1 from ${payments} where ${payments.orderId} = ${orders.id} and ${payments.intentId} = ${intentId})`;
}

/** Notices that wait for a person: unknown orders and amounts that differ. Newest first. */
export async function listSetAsideEvents(ctx: Context, { limit }: { limit: number }) {
  requireOperator(ctx);
  return ctx.db
    .select()
    .from(paymentEvents)
    .where(inArray(paymentEvents.outcome, ['unknown-order', 'amount-differs', 'other-mode']))
    .orderBy(desc(paymentEvents.receivedAt), desc(sql`${paymentEvents.id}`))
    .limit(Math.min(limit, 200));
}

function requireOperator({ actor }: Context): void {
  if (actor.kind === 'account' && actor.role === 'ADMIN') return;
  throw new DomainError('forbidden', { public: { key: 'orders.forbidden' } });
}
