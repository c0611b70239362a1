import { type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';

/** Rows (order_id, issuer) of paid orders with a line that stands on no invoice, by who would issue it today; read-only. */
export function unbilledOrders({ salesMode }: Pick<Context['config'], 'salesMode'>): SQL {
  const seller = sql`case when l.terms is null then e.organisation_id::text else l.terms->>'sellerId' end`;
  const issuer = salesMode === 'agent' ? sql`coalesce(${seller}, 'platform')` : sql`'platform'`;
  return sql`
    select l.order_id, ${issuer} as issuer, o.paid_at
    from orders o
    join order_lines l on l.order_id = o.id and l.price_cents > 0
    left join events e on e.id = l.event_id
    where o.paid_at is not null and o.total_cents > 0
      and not exists (
        select 1 from invoices i
        where i.order_id = o.id
          and i.content->'lines' @> jsonb_build_array(jsonb_build_object('lineId', l.id::text)))`;
}
