import { asc, desc, eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from '../events/tables.ts';
import { orderLines, type orders } from '../orders/tables.ts';
import { withdrawals } from './tables.ts';
import type { WithdrawalLine } from './withdrawal.ts';

type OrderRow = typeof orders.$inferSelect;

/** Consumers alone withdraw, and only from what was paid for or is being paid. */
export function canWithdraw(order: OrderRow): boolean {
  const bound = ['processing', 'paid', 'refunded', 'disputed'].includes(order.state);
  return order.kind === 'photos' && order.totalCents > 0 && bound;
}

export type NamedLine = WithdrawalLine &
  Pick<typeof orderLines.$inferSelect, 'kind' | 'bib'> & { eventName: string | null };

/** The lines as the right of withdrawal sees them. While the bank holds the money of a dispute, it counts as given back. */
export async function readWithdrawable(ctx: Context, order: OrderRow): Promise<NamedLine[]> {
  const lines = await ctx.db
    .select({
      lineId: orderLines.id,
      kind: orderLines.kind,
      bib: orderLines.bib,
      eventName: events.name,
      priceCents: orderLines.priceCents,
      refundedCents: orderLines.refundedCents,
      startsAt: events.startsAt,
      photos: sql<number>`(select count(*)::int from order_photos p where p.line_id = ${orderLines.id})`,
    })
    .from(orderLines)
    .leftJoin(events, eq(events.id, orderLines.eventId))
    .where(eq(orderLines.orderId, order.id))
    .orderBy(asc(orderLines.position));
  const gone = order.state === 'refunded' || order.state === 'disputed';
  return lines.map(({ photos, startsAt, refundedCents, ...line }) => ({
    ...line,
    refundedCents: gone ? line.priceCents : refundedCents,
    available: order.deliveredAt !== null && photos > 0,
    preSale: startsAt !== null && order.createdAt < startsAt,
  }));
}

export type WithdrawalRow = typeof withdrawals.$inferSelect;

/** What was stated of an order, newest first. */
export async function listStatements(ctx: Context, orderId: string): Promise<WithdrawalRow[]> {
  return ctx.db
    .select()
    .from(withdrawals)
    .where(eq(withdrawals.orderId, orderId))
    .orderBy(desc(withdrawals.at), desc(withdrawals.id))
    .limit(20);
}
