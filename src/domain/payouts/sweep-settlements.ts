import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { rows } from '#platform/db/rows.ts';
import { refreshWaitingSellers } from './refresh-seller.ts';
import { settleOrder } from './settle-order.ts';
import { PATIENCE_MS } from './transfer.ts';

/** Per run and reason. */
const BATCH = 200;
/** What is behind for longer has a dead job, which a person sees. */
const LOOK_BACK_MS = 7 * 24 * 3600_000;
/** A refused transfer is not asked for again at once: whatever was wrong needs time. */
const HELD_AGAIN_MS = 3600_000;

/**
 * Settles orders whose books are behind, transfers that a crash left half sent, and those that waited for their seller or
 * for time. Returns how many orders it looked at.
 */
export async function sweepSettlements(ctx: Context): Promise<number> {
  await refreshWaitingSellers(ctx);
  const found = [
    ...(await findUnbooked(ctx)),
    ...(await findBehind(ctx)),
    ...(await findHalfSent(ctx)),
    ...(await findReleased(ctx)),
  ];
  const orderIds = [...new Set(found.map(({ orderId }) => orderId))];
  for (const orderId of orderIds) {
    try {
      await settleOrder(ctx, { orderId });
    } catch (error) {
      ctx.log.error({ orderId, error }, 'an order could not be settled');
    }
  }
  return orderIds.length;
}

interface Found {
  orderId: string;
}

/** Paid without sale, however long ago: orders may be older than the ledger. */
function findUnbooked(ctx: Context): Promise<Found[]> {
  const before = new Date(ctx.clock.now().getTime() - PATIENCE_MS).toISOString();
  return rows<Found>(
    ctx.db,
    sql`
      select o.id as "orderId" from orders o
      join payments p on p.order_id = o.id and p.state = 'succeeded'
      where o.total_cents > 0 and o.updated_at < ${before}::timestamptz
        and not exists (select 1 from ledger_movements m where m.unique_key = 'sale/' || o.id)
      order by o.updated_at limit ${BATCH}`,
  );
}

/** With a fee unknown, or with a refund or dispute that no movement tells of. */
function findBehind(ctx: Context): Promise<Found[]> {
  const now = ctx.clock.now().getTime();
  return rows<Found>(
    ctx.db,
    sql`
      select o.id as "orderId" from orders o
      join payments p on p.order_id = o.id and p.state = 'succeeded'
      where o.total_cents > 0
        and o.updated_at between ${new Date(now - LOOK_BACK_MS).toISOString()}::timestamptz
          and ${new Date(now - PATIENCE_MS).toISOString()}::timestamptz
        and (
          (p.provider_fee_cents is null and p.provider = ${ctx.payments.name}
            and not exists (select 1 from ledger_movements m where m.unique_key = 'provider-fee/' || o.id))
          or exists (
            select 1 from payment_events e where e.order_id = o.id and e.outcome = 'counted'
              and e.kind like 'dispute-%'
              and not exists (select 1 from ledger_movements m
                where m.unique_key = case when e.kind = 'dispute-won' then 'dispute-reinstated/'
                  else 'dispute-withdrawn/' end || e.subject_id))
          or exists (
            select 1 from refunds r where r.order_id = o.id and r.state in ('pending', 'succeeded')
              and not exists (select 1 from ledger_movements m
                where m.unique_key = 'refund/' || r.provider_refund_id))
        )
      order by o.updated_at limit ${BATCH}`,
  );
}

function findHalfSent(ctx: Context): Promise<Found[]> {
  const before = new Date(ctx.clock.now().getTime() - PATIENCE_MS).toISOString();
  return rows<Found>(
    ctx.db,
    sql`
      (select t.order_id as "orderId" from transfers t
        where t.state = 'sending' and t.updated_at < ${before}::timestamptz
        order by t.updated_at limit ${BATCH})
      union
      (select t.order_id from transfer_reversals r join transfers t on t.id = r.transfer_id
        where r.state = 'sending' and r.updated_at < ${before}::timestamptz
        order by r.updated_at limit ${BATCH})`,
  );
}

function findReleased(ctx: Context): Promise<Found[]> {
  const before = new Date(ctx.clock.now().getTime() - HELD_AGAIN_MS).toISOString();
  return rows<Found>(
    ctx.db,
    sql`
      select t.order_id as "orderId" from transfers t
      join seller_accounts s on s.organisation_id = t.organisation_id
        and s.can_receive and s.left_at is null and s.provider = ${ctx.payments.name}
      where t.state = 'held' and t.updated_at < ${before}::timestamptz
      order by t.updated_at limit ${BATCH}`,
  );
}
