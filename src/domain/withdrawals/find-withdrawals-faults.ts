import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Fault } from '#domain/audit/fault.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { rows } from '#platform/db/rows.ts';

const MOST = 1000;
/** A job and its retries have that long. */
const PATIENCE_MS = 3_600_000;

/** Withdrawals that promised money of which no refund tells, though the payment is there. */
export async function findWithdrawalsFaults(ctx: Context): Promise<Fault[]> {
  requireSystem(ctx);
  const before = new Date(ctx.clock.now().getTime() - PATIENCE_MS).toISOString();
  const found = await rows<{ subject: string; outcome: string; state: string | null }>(
    ctx.db,
    sql`
      select w.id::text as subject, w.outcome, r.state
      from withdrawals w
      join orders o on o.id = w.order_id and o.state = 'paid' and o.updated_at < ${before}::timestamptz
      left join refunds r on r.id = w.refund_id
        or (w.refund_id is null and r.order_id = w.order_id and r.cause = 'withdrawal')
      where w.outcome <> 'right-ended' and w.at < ${before}::timestamptz and (r.id is null or r.state = 'failed')
      limit ${MOST}`,
  );
  return found.map(({ subject, outcome, state }) => ({
    rule: 'withdrawal-is-paid-back',
    subject,
    detail: `${outcome}, refund ${state ?? 'none'}`,
  }));
}
