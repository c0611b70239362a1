import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { requireOwnEvent } from '../events/require-own-event.ts';
import type { OrderState } from './order.ts';
import { listSoldLines, type SoldLine } from './sold-lines.ts';
import { orderLines, orders } from './tables.ts';

const listEventSalesInput = z.object({
  eventId: z.uuid(),
  /** The last one of the page before. */
  after: z.uuid().optional(),
  limit: z.int().min(1).max(100).default(50),
});

export interface EventSale {
  orderId: string;
  number: string;
  state: OrderState;
  currency: string;
  paidAt: Date;
  /** Those of this event alone: what else the buyer bought is another seller's. */
  lines: SoldLine[];
}

/** Paid orders with something of the event, newest first, for its own organisation. Buyers stay nameless. Throws 'not-found'. */
export async function listEventSales(
  ctx: Context,
  input: z.input<typeof listEventSalesInput>,
): Promise<EventSale[]> {
  const { eventId, after, limit } = parseInput(listEventSalesInput, input);
  await requireOwnEvent(ctx, { eventId });
  const ofEvent = sql`exists (select 1 from ${orderLines} where ${orderLines.orderId} = ${orders.id} and ${orderLines.eventId} = ${eventId})`;
  const found = await ctx.db
    .select()
    .from(orders)
    .where(
      and(
        isNotNull(orders.paidAt),
        after
          ? sql`(${orders.paidAt}, ${orders.id}) < (select o.paid_at, o.id from orders o where o.id = ${after})`
          : undefined,
        ofEvent,
      ),
    )
    .orderBy(desc(orders.paidAt), desc(orders.id))
    .limit(limit);
  const ids = found.map((order) => order.id);
  const lines = await listSoldLines(ctx, and(inArray(orders.id, ids), eq(orderLines.eventId, eventId)));
  const byOrder = Map.groupBy(lines, (line) => line.orderId);
  return found.flatMap(({ id: orderId, number, state, currency, paidAt }) =>
    paidAt === null ? [] : [{ orderId, number, state, currency, paidAt, lines: byOrder.get(orderId) ?? [] }],
  );
}
