import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireAccount } from '#domain/accounts/require-account.ts';
import { parseInput } from '#platform/parse-input.ts';
import type { OrderState } from './order.ts';
import { orderSecret } from './order-secret.ts';
import { orders } from './tables.ts';

export const listOwnOrdersInput = z.object({
  /** The last one of the page before. */
  after: z.uuid().optional(),
  limit: z.int().min(1).max(100).default(20),
});

export interface OwnOrder {
  orderId: string;
  number: string;
  kind: 'photos' | 'credits';
  state: OrderState;
  totalCents: number;
  refundedCents: number;
  currency: string;
  createdAt: Date;
  /** Path of the order's page, where everything can be downloaded again. */
  path: string;
  /** Of its events, by name. */
  eventNames: string[];
  /** Each runner once. */
  bibs: string[];
  photoCount: number;
  /** Of an order of credits. */
  credits: number;
}

/** All orders of the account, newest first. Orders that were never paid for and given up are left out. */
export async function listOwnOrders(
  ctx: Context,
  input: z.input<typeof listOwnOrdersInput>,
): Promise<{ orders: OwnOrder[]; next: string | null }> {
  const { userId } = requireAccount(ctx);
  const { after, limit } = parseInput(listOwnOrdersInput, input);
  const older = after
    ? sql`(${orders.createdAt}, ${orders.id}) < (select o.created_at, o.id from orders o where o.id = ${after} and o.user_id = ${userId})`
    : undefined;
  const found = await ctx.db
    .select({
      orderId: orders.id,
      number: orders.number,
      kind: orders.kind,
      state: orders.state,
      totalCents: orders.totalCents,
      refundedCents: orders.refundedCents,
      currency: orders.currency,
      createdAt: orders.createdAt,
      eventNames: sql<string[]>`array(
        select distinct e.name from order_lines l join events e on e.id = l.event_id
        where l.order_id = orders.id order by e.name)`,
      bibs: sql<string[]>`array(
        select distinct l.bib from order_lines l
        where l.order_id = orders.id and l.bib is not null order by l.bib)`,
      photoCount: sql<number>`(
        select count(distinct p.photo_id)::int from order_photos p where p.order_id = orders.id)`,
      credits: sql<number>`(
        select coalesce(sum(l.credits), 0)::int from order_lines l where l.order_id = orders.id)`,
    })
    .from(orders)
    .where(and(eq(orders.userId, userId), sql`${orders.state} <> 'cancelled'`, older))
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(limit + 1);
  const page = found.slice(0, limit).map((order) => ({
    ...order,
    path: `/${ctx.locale}/orders/${orderSecret(ctx, order.orderId)}`,
  }));
  return { orders: page, next: found.length > limit ? (page.at(-1)?.orderId ?? null) : null };
}
