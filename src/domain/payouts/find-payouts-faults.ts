import { type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Fault } from '#domain/audit/fault.ts';
import { rows } from '#platform/db/rows.ts';

const MOST = 1000;
/** Jobs and notices are on their way for so long before anything counts as forgotten. */
const ON_ITS_WAY_MS = 30 * 60_000;
const DAY_MS = 24 * 3600_000;

/**
 * Paid orders without books and books without a paid order, refunds and disputes that no movement tells of, transfers that
 * differ from the ledger, that never end or wait for nothing, and sellers who were sent more than is theirs.
 */
export async function findPayoutsFaults(ctx: Context): Promise<Fault[]> {
  return [
    ...(await findWrongBooks(ctx)),
    ...(await findUntold(ctx)),
    ...(await findWrongTransfers(ctx)),
    ...(await findForgottenTransfers(ctx)),
  ];
}

/** One sale and one charge of its total for each order that was charged, and none for others. */
function findWrongBooks(ctx: Context): Promise<Fault[]> {
  return faults(
    ctx,
    sql`
      select 'paid-is-in-the-books' as rule, o.id::text as subject,
        concat('total ', o.total_cents, ', sale ', coalesce(s.cents, 0), ', charge ', coalesce(c.cents, 0)) as detail
      from orders o
      left join lateral ${debitOf(sql`'sale'`)} s on true
      left join lateral ${debitOf(sql`'charge'`)} c on true
      where o.updated_at < ${before(ctx, ON_ITS_WAY_MS)} and (
        (o.paid_at is not null and o.total_cents > 0
          and (s.cents is distinct from o.total_cents or c.cents is distinct from o.total_cents))
        or ((o.paid_at is null or o.total_cents = 0) and (s.cents is not null or c.cents is not null)))`,
  );
}

/** What movements of a kind put on the debit side of one order. */
function debitOf(kind: SQL): SQL {
  return sql`(
    select sum(e.amount)::bigint as cents from ledger_movements m
    join ledger_entries e on e.movement_id = m.id and e.amount > 0
    where m.order_id = o.id and m.kind = ${kind})`;
}

function findUntold(ctx: Context): Promise<Fault[]> {
  return faults(
    ctx,
    sql`
      select 'refund-is-in-the-books' as rule, r.id::text as subject, concat(r.state, ', ', r.amount_cents) as detail
      from refunds r
      where r.updated_at < ${before(ctx, ON_ITS_WAY_MS)} and r.provider_refund_id is not null and (
        (r.state in ('pending', 'succeeded')
          and not exists (select 1 from ledger_movements m where m.unique_key = 'refund/' || r.provider_refund_id))
        or (r.state = 'failed'
          and exists (select 1 from ledger_movements m where m.unique_key = 'refund/' || r.provider_refund_id)
          and not exists (select 1 from ledger_movements m
            where m.unique_key = 'refund-failed/' || r.provider_refund_id)))
      union all
      select distinct 'dispute-is-in-the-books', e.subject_id, e.kind
      from payment_events e
      join ledger_movements s on s.unique_key = 'sale/' || e.order_id
      where e.outcome = 'counted' and e.kind like 'dispute-%'
        and e.received_at < ${before(ctx, ON_ITS_WAY_MS)}
        and not exists (select 1 from ledger_movements m where m.unique_key =
          case when e.kind = 'dispute-won' then 'dispute-reinstated/' else 'dispute-withdrawn/' end || e.subject_id)`,
  );
}

function findWrongTransfers(ctx: Context): Promise<Fault[]> {
  return faults(
    ctx,
    sql`
      select 'transfer-is-in-the-books' as rule, t.id::text as subject,
        concat('sent ', t.sent_cents, ', books ', coalesce(b.cents, 0)) as detail
      from transfers t
      left join lateral (
        select sum(e.amount)::bigint as cents from ledger_movements m
        join ledger_entries e on e.movement_id = m.id and e.amount > 0
        where m.unique_key = 'transfer/' || t.id) b on true
      where (t.state = 'sent') <> (b.cents is not null) or (t.state = 'sent' and b.cents <> t.sent_cents)
      union all
      select 'reversals-make-the-transfer', t.id::text,
        concat('taken back ', t.reversed_cents, ', reversals ', coalesce(sum(r.amount_cents), 0))
      from transfers t
      left join transfer_reversals r on r.transfer_id = t.id and r.state = 'reversed'
      group by t.id having t.reversed_cents <> coalesce(sum(r.amount_cents), 0) or t.reversed_cents > t.sent_cents
      union all
      select 'sent-within-share', m.order_id::text, concat(a.kind, ' ', a.owner, ' ', sum(e.amount), ' too much')
      from ledger_movements m
      join ledger_entries e on e.movement_id = m.id
      join ledger_accounts a on a.id = e.account_id and a.kind in ('seller', 'organiser')
      where m.order_id is not null
      group by m.order_id, a.id
      having sum(e.amount) > 0 and max(m.created_at) < ${before(ctx, ON_ITS_WAY_MS)}`,
  );
}

function findForgottenTransfers(ctx: Context): Promise<Fault[]> {
  const holdMs = (ctx.config.delayedPaymentHoldDays + 1) * DAY_MS;
  return faults(
    ctx,
    sql`
      select 'transfer-ends' as rule, id::text as subject, concat('sending since ', updated_at) as detail
      from transfers where state = 'sending' and updated_at < ${before(ctx, DAY_MS)}
      union all
      select 'transfer-ends', transfer_id::text, concat('taking back since ', created_at)
      from transfer_reversals where state = 'sending' and created_at < ${before(ctx, DAY_MS)}
      union all
      select 'held-for-a-reason', t.id::text, concat('held since ', t.created_at)
      from transfers t
      join orders o on o.id = t.order_id and o.state <> 'disputed'
      join seller_accounts s on s.organisation_id = t.organisation_id and s.can_receive and s.left_at is null
        and s.updated_at < ${before(ctx, DAY_MS)}
      where t.state = 'held' and t.created_at < ${before(ctx, holdMs)}`,
  );
}

function before(ctx: Context, milliseconds: number): SQL {
  return sql`${new Date(ctx.clock.now().getTime() - milliseconds).toISOString()}::timestamptz`;
}

async function faults(ctx: Context, query: SQL): Promise<Fault[]> {
  return rows<Fault>(ctx.db, sql`${query} limit ${MOST}`);
}
