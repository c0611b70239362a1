import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Fault } from '#domain/audit/fault.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { rows } from '#platform/db/rows.ts';

const MOST = 1000;

/** Promo codes that are used more often than they may be, by all or by one buyer. */
export async function findPricingFaults(ctx: Context): Promise<Fault[]> {
  requireSystem(ctx);
  const overused = await rows<{ subject: string; uses: number; most: number }>(
    ctx.db,
    sql`
      select c.id::text as subject, count(*)::int as uses, c.max_uses as most
      from promo_codes c join promo_uses u on u.promo_code_id = c.id and not u.released
      group by c.id having count(*) > c.max_uses
      union all
      select c.id::text, count(*)::int, c.max_uses_per_buyer
      from promo_codes c join promo_uses u on u.promo_code_id = c.id and not u.released
      group by c.id, u.buyer_hash having count(*) > c.max_uses_per_buyer
      limit ${MOST}`,
  );
  return overused.map(({ subject, uses, most }) => ({
    rule: 'promo-code-within-limits',
    subject,
    detail: `${uses} uses of ${most}`,
  }));
}
