import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Fault } from '#domain/audit/fault.ts';
import { rows } from '#platform/db/rows.ts';

const MOST = 1000;

/** Sums that are not nothing, balances that are not the sum of their entries, and buyers whose sale and charge differ. */
export async function findLedgerFaults(ctx: Context): Promise<Fault[]> {
  return rows<Fault>(
    ctx.db,
    sql`
      select 'ledger-sums-to-zero' as rule, currency as subject, concat('sum ', sum(balance)) as detail
      from ledger_accounts group by currency having sum(balance) <> 0
      union all
      select 'ledger-movement-balances', m.unique_key, concat(a.currency, ' ', sum(e.amount))
      from ledger_movements m
      join ledger_entries e on e.movement_id = m.id
      join ledger_accounts a on a.id = e.account_id
      group by m.unique_key, a.currency having sum(e.amount) <> 0
      union all
      select 'ledger-balance', concat(a.kind, '/', a.owner), concat(a.balance, ', entries ', coalesce(sum(e.amount), 0))
      from ledger_accounts a left join ledger_entries e on e.account_id = a.id
      group by a.id having a.balance <> coalesce(sum(e.amount), 0)
      union all
      select 'ledger-buyer-is-even', owner, concat(balance, ' ', currency)
      from ledger_accounts where kind = 'buyer' and balance <> 0
      limit ${MOST}`,
  );
}
