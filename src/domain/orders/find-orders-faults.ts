import { type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Fault } from '#domain/audit/fault.ts';
import { rows } from '#platform/db/rows.ts';

const MOST = 1000;
/** Jobs and notices are on their way for so long before anything counts as forgotten. */
const ON_ITS_WAY_MS = 30 * 60_000;
/** A bank debit may take two weeks to arrive, and a refund of one a month. */
const SLOW_BANK_MS = 31 * 24 * 3600_000;
/** Older ones were seen, or nobody looks. */
const ASIDE_MS = 30 * 24 * 3600_000;

/**
 * Orders whose money, state and delivery contradict each other: paid without one captured charge or the other way round, neither
 * delivered nor refunded, sums of refunds that differ, refunds that wait too long, and notices that were set aside.
 */
export async function findOrdersFaults(ctx: Context): Promise<Fault[]> {
  return [
    ...(await findWrongCharges(ctx)),
    ...(await findUndelivered(ctx)),
    ...(await findWrongSums(ctx)),
    ...(await findWrongCodes(ctx)),
    ...(await findStuckRefunds(ctx)),
    ...(await findSetAside(ctx)),
  ];
}

async function findWrongCharges(ctx: Context): Promise<Fault[]> {
  return faults(
    ctx,
    'paid-is-charged-once',
    sql`
      select o.id as subject, concat(o.state, ', ', coalesce(p.state, 'no payment'), ', ', c.charges, ' charges') as detail
      from orders o
      left join payments p on p.order_id = o.id
      cross join lateral (
        select count(distinct e.intent_id)::int as charges, coalesce(max(e.amount_cents), 0)::int as cents
        from payment_events e where e.order_id = o.id and e.outcome = 'counted' and e.kind = 'succeeded'
      ) c
      where o.total_cents > 0 and not (
        (o.paid_at is null and c.charges = 0 and p.state is distinct from 'succeeded'
          and o.state not in ('paid', 'refunded'))
        or (o.paid_at is not null and c.charges = 1 and c.cents = o.total_cents and p.state = 'succeeded'
          and p.amount_cents = o.total_cents and o.state in ('paid', 'refunded', 'disputed'))
      )`,
  );
}

/** What was paid is delivered or given back: each line of a delivered order too. */
async function findUndelivered(ctx: Context): Promise<Fault[]> {
  const before = instant(ctx, ON_ITS_WAY_MS);
  const orders = await faults(
    ctx,
    'delivered-or-refunded',
    sql`
      select id as subject, concat('paid ', paid_at, ', not delivered') as detail from orders
      where state = 'paid' and delivered_at is null and updated_at < ${before}`,
  );
  const lines = await faults(
    ctx,
    'line-delivered-or-refunded',
    sql`
      select l.order_id as subject, concat('line ', l.id) as detail
      from order_lines l join orders o on o.id = l.order_id
      where o.state = 'paid' and o.delivered_at < ${before} and l.kind = 'photo' and l.price_cents > 0
        and l.refunded_cents < l.price_cents
        and not exists (select 1 from order_photos p where p.line_id = l.id)`,
  );
  return [...orders, ...lines];
}

async function findWrongSums(ctx: Context): Promise<Fault[]> {
  const totals = await faults(
    ctx,
    'lines-make-the-order',
    sql`
      select o.id as subject, concat('total ', o.total_cents, ', lines ', sum(l.price_cents)) as detail
      from orders o join order_lines l on l.order_id = o.id
      group by o.id
      having sum(l.price_cents) <> o.total_cents or bool_or(l.refunded_cents not between 0 and l.price_cents)`,
  );
  const refunds = await faults(
    ctx,
    'refunds-make-the-order',
    sql`
      select o.id as subject,
        concat(o.state, ', order ', o.refunded_cents, ', refunds ', r.succeeded, ', lines ', l.cents) as detail
      from orders o
      cross join lateral (
        select coalesce(sum(amount_cents) filter (where state = 'succeeded'), 0)::int as succeeded,
          coalesce(sum(amount_cents) filter (where state <> 'failed'), 0)::int as wanted,
          count(*) filter (where state in ('asked', 'pending'))::int as waiting
        from refunds where order_id = o.id
      ) r
      cross join lateral (
        select coalesce(sum(refunded_cents), 0)::int as cents from order_lines where order_id = o.id
      ) l
      where l.cents <> r.wanted or (r.waiting = 0 and o.refunded_cents <> r.succeeded)
        or o.refunded_cents > o.total_cents
        or (o.state = 'refunded' and o.refunded_cents < o.total_cents)
        or (o.state = 'paid' and o.total_cents > 0 and o.refunded_cents >= o.total_cents)`,
  );
  const parts = await faults(
    ctx,
    'parts-make-the-refund',
    sql`
      select r.order_id as subject, concat('refund ', r.amount_cents, ', parts ', coalesce(sum(p.amount_cents), 0)) as detail
      from refunds r left join refund_lines p on p.refund_id = r.id
      group by r.id having coalesce(sum(p.amount_cents), 0) <> r.amount_cents`,
  );
  return [...totals, ...refunds, ...parts];
}

/** A promo code counts one use for each order that has it, and none for one that nobody pays. */
async function findWrongCodes(ctx: Context): Promise<Fault[]> {
  return faults(
    ctx,
    'promo-use-of-order',
    sql`
      select o.id as subject, concat(o.state, ', code ', o.promo_code, ', released ', u.released) as detail
      from orders o left join promo_uses u on u.order_id = o.id
      where (o.promo_code is null) <> (u.order_id is null) or u.released <> (o.state = 'cancelled')`,
  );
}

async function findStuckRefunds(ctx: Context): Promise<Fault[]> {
  return faults(
    ctx,
    'refund-ends',
    sql`
      select order_id as subject, concat(state, ' since ', created_at, ': ', id) as detail from refunds
      where (state = 'asked' and created_at < ${instant(ctx, ON_ITS_WAY_MS)})
        or (state = 'pending' and created_at < ${instant(ctx, SLOW_BANK_MS)})`,
  );
}

async function findSetAside(ctx: Context): Promise<Fault[]> {
  return faults(
    ctx,
    'notice-counts',
    sql`
      select id as subject, concat(kind, ' ', outcome, ', ', intent_id) as detail from payment_events
      where outcome <> 'counted' and received_at > ${instant(ctx, ASIDE_MS)}`,
  );
}

async function faults(ctx: Context, rule: string, query: SQL): Promise<Fault[]> {
  const found = await rows<{ subject: string; detail: string }>(ctx.db, sql`${query} limit ${MOST}`);
  return found.map(({ subject, detail }) => ({ rule, subject, detail }));
}

function instant(ctx: Context, agoMs: number): SQL {
  return sql`${new Date(ctx.clock.now().getTime() - agoMs).toISOString()}::timestamptz`;
}
