import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Fault } from '#domain/audit/fault.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { rows } from '#platform/db/rows.ts';
import { CREDITS_PER_PHOTO } from './credits.ts';

const MOST = 1000;

/** Balances that are not the sum of their entries, and photos that cost something else than nothing up to their price. */
export async function findCreditsFaults(ctx: Context): Promise<Fault[]> {
  requireSystem(ctx);
  return [...(await findWrongBalances(ctx)), ...(await findWrongCosts(ctx))];
}

async function findWrongBalances(ctx: Context): Promise<Fault[]> {
  const wrong = await rows<{ subject: string; balance: number; entries: number }>(
    ctx.db,
    sql`
      select coalesce(b.organisation_id, e.organisation_id)::text as subject,
        coalesce(b.credits, 0)::int as balance, coalesce(e.credits, 0)::int as entries
      from credit_balances b
      full join (select organisation_id, sum(credits) as credits from credit_entries group by organisation_id) e
        on e.organisation_id = b.organisation_id
      where coalesce(b.credits, 0) <> coalesce(e.credits, 0)
      limit ${MOST}`,
  );
  return wrong.map(({ subject, balance, entries }) => ({
    rule: 'credits-balance',
    subject,
    detail: `balance ${balance}, entries ${entries}`,
  }));
}

/** A photo is debited once and given back at most that; one that failed costs nothing. */
async function findWrongCosts(ctx: Context): Promise<Fault[]> {
  const { lite, premium } = CREDITS_PER_PHOTO;
  const wrong = await rows<{ subject: string; state: string; debits: number; debited: number; cost: number }>(
    ctx.db,
    sql`
      select p.id::text as subject, p.state, count(*) filter (where e.kind = 'debit')::int as debits,
        coalesce(-sum(e.credits) filter (where e.kind = 'debit'), 0)::int as debited, -sum(e.credits)::int as cost
      from credit_entries e join photos p on p.id = e.photo_id
      group by p.id
      having count(*) filter (where e.kind = 'debit') <> 1 or sum(e.credits) > 0
        or -sum(e.credits) filter (where e.kind = 'debit') not in (${lite}, ${premium})
        or (p.state = 'failed' and sum(e.credits) <> 0)
      limit ${MOST}`,
  );
  return wrong.map(({ subject, state, debits, debited, cost }) => ({
    rule: 'credits-of-photo',
    subject,
    detail: `${state}, ${debits} debits of ${debited}, costs ${cost}`,
  }));
}
