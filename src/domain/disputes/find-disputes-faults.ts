import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Fault } from '#domain/audit/fault.ts';
import { rows } from '#platform/db/rows.ts';

const MOST = 1000;
/** Two notices of one thing come at different instants. */
const ON_ITS_WAY_MS = 30 * 60_000;

/** Disputes that do not freeze their order, orders frozen by none, disputes of no order, and answers that were not given in time. */
export async function findDisputesFaults(ctx: Context): Promise<Fault[]> {
  const now = ctx.clock.now();
  const before = new Date(now.getTime() - ON_ITS_WAY_MS).toISOString();
  return rows<Fault>(
    ctx.db,
    sql`
      select 'disputed-is-frozen' as rule, d.id as subject, concat(d.state, ', order ', o.state) as detail
      from disputes d join orders o on o.id = d.order_id
      where d.state <> 'won' and o.state <> 'disputed' and d.updated_at < ${before}::timestamptz
      union all
      select 'frozen-is-disputed', o.id::text, 'no dispute'
      from orders o
      where o.state = 'disputed' and o.updated_at < ${before}::timestamptz
        and not exists (select 1 from disputes d where d.order_id = o.id and d.state <> 'won')
      union all
      select 'dispute-has-order', d.id, coalesce(d.intent_id, 'no payment') from disputes d where d.order_id is null
      union all
      select 'dispute-is-answered', d.id, concat('respond by ', d.respond_by)
      from disputes d
      where d.state = 'needs-response' and d.respond_by < ${now.toISOString()}::timestamptz
      limit ${MOST}`,
  );
}
