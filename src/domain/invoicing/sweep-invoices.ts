import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { rows } from '#platform/db/rows.ts';
import { issueInvoices } from './issue-invoices.ts';
import { platformIssuer } from './issuer.ts';
import { SWEEP_INVOICES } from './job-names.ts';
import { missingCorrections } from './missing-corrections.ts';
import { unbilledOrders } from './unbilled-orders.ts';

const AT_ONCE = 200;

/** Issues what waited for a tax profile or for the settings of the platform, and anything a lost job left behind, the oldest first. */
export async function sweepInvoices(ctx: Context): Promise<{ issued: number }> {
  const ready = platformIssuer(ctx.config) !== null;
  const found = await rows<{ orderId: string }>(
    ctx.db,
    sql`
      select order_id as "orderId"
      from (
        select order_id, paid_at as since
        from (${unbilledOrders(ctx.config)}) as unbilled
        left join tax_profiles t on t.organisation_id::text = unbilled.issuer
        where t.organisation_id is not null or (unbilled.issuer = 'platform' and ${ready})
        union all
        select order_id, updated_at from (${missingCorrections()}) as missing
      ) as due
      group by order_id
      order by min(since), order_id
      limit ${AT_ONCE}`,
  );
  let issued = 0;
  for (const order of found) issued += await issueSafely(ctx, order);
  // Without an issue the same orders would be found for ever.
  if (found.length === AT_ONCE && issued > 0) await ctx.queue.enqueue(ctx.db, SWEEP_INVOICES, {});
  return { issued };
}

/** An order that cannot be invoiced must not keep the others waiting; integrity tells of it. */
async function issueSafely(ctx: Context, order: { orderId: string }): Promise<number> {
  try {
    return (await issueInvoices(ctx, order)).issued;
  } catch (error) {
    ctx.log.error({ ...order, error }, 'an order could not be invoiced');
    return 0;
  }
}
