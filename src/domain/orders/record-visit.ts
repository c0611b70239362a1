import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';

/** Notes who opened an order's page by its link, as evidence against a dispute: one line an hour and address. */
export async function recordVisit(
  ctx: Context,
  visit: { orderId: string; clientAddress: string | null; userAgent: string | null },
): Promise<void> {
  const now = ctx.clock.now();
  const hourAgo = new Date(now.getTime() - 3_600_000).toISOString();
  const { orderId, clientAddress } = visit;
  await ctx.db.execute(sql`
    insert into order_visits (id, order_id, client_address, user_agent, at)
    select ${ctx.random.id()}::uuid, ${orderId}::uuid, ${clientAddress}::text,
      ${visit.userAgent?.slice(0, 300) ?? null}::text, ${now.toISOString()}::timestamptz
    where not exists (
      select 1 from order_visits where order_id = ${orderId} and at > ${hourAgo}::timestamptz
        and client_address is not distinct from ${clientAddress}::text)`);
}
