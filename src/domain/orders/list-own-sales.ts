import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { rows } from '#platform/db/rows.ts';
import { DomainError } from '#platform/errors.ts';

export interface EventSales {
  eventId: string;
  eventName: string;
  currency: string;
  /** Paid orders with at least one line in the event. */
  orders: number;
  photosSold: number;
  packsSold: number;
  grossCents: number;
}

const MAX_EVENTS = 500;

/** Paid sales of the actor's organisation by event, best first. Refunded and disputed orders do not count. */
export async function listOwnSales(
  ctx: Context,
  { eventId }: { eventId?: string } = {},
): Promise<EventSales[]> {
  const { actor } = ctx;
  if (actor.kind !== 'account' || actor.organisationId === null) {
    throw new DomainError('forbidden', { public: { key: 'orders.forbidden' } });
  }
  return rows<EventSales>(
    ctx.db,
    sql`
      select e.id as "eventId", e.name as "eventName", o.currency,
        count(distinct o.id)::int as orders,
        (count(*) filter (where l.kind = 'photo'))::int as "photosSold",
        (count(*) filter (where l.kind = 'all-photos'))::int as "packsSold",
        sum(l.price_cents)::int as "grossCents"
      from order_lines l
      join orders o on o.id = l.order_id and o.state = 'paid'
      join events e on e.id = l.event_id
      where e.organisation_id = ${actor.organisationId} ${eventId ? sql`and e.id = ${eventId}` : sql``}
      group by e.id, e.name, o.currency
      order by sum(l.price_cents) desc, e.id
      limit ${MAX_EVENTS}`,
  );
}
