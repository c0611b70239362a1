import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { rows } from '#platform/db/rows.ts';
import { requireAdmin, requireOrganisation } from '../accounts/require-account.ts';
import { hashToken } from '../orders/find-cart.ts';
import { platformIssuer } from './issuer.ts';
import type { InvoiceScope } from './list-invoices.ts';
import { unbilledOrders } from './unbilled-orders.ts';

/**
 * How many paid orders wait for an invoice whose issuer has not said who they are before the tax office. Throws 'forbidden' for
 * a scope that is not the actor's.
 */
export async function countWaiting(
  ctx: Context,
  { of }: { of: Exclude<InvoiceScope, { kind: 'account' }> },
): Promise<number> {
  const [found] = await rows<{ count: number }>(
    ctx.db,
    sql`
      select count(distinct order_id)::int as count
      from (${unbilledOrders(ctx.config)}) as unbilled
      left join tax_profiles t on t.organisation_id::text = unbilled.issuer
      where t.organisation_id is null
        and (unbilled.issuer <> 'platform' or ${platformIssuer(ctx.config) === null})
        and ${within(ctx, of)}`,
  );
  return found?.count ?? 0;
}

function within(ctx: Context, of: Exclude<InvoiceScope, { kind: 'account' }>) {
  if (of.kind === 'order') {
    return sql`order_id = (select id from orders where secret_hash = ${hashToken(of.secret)})`;
  }
  if (of.kind === 'organisation') return sql`unbilled.issuer = ${requireOrganisation(ctx).organisationId}`;
  requireAdmin(ctx);
  return sql`true`;
}
