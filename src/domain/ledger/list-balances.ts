import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { AccountKind, AccountName } from './account.ts';
import { ledgerAccounts } from './tables.ts';

export interface AccountBalance extends AccountName {
  /** Minor units, positive is debit. */
  balance: number;
}

const MOST = 5000;

/** Accounts of some kinds that are not at nothing, of one owner or of all. */
export async function listBalances(
  ctx: Context,
  { kinds, owner }: { kinds: AccountKind[]; owner?: string },
): Promise<AccountBalance[]> {
  return ctx.db
    .select({
      kind: ledgerAccounts.kind,
      owner: ledgerAccounts.owner,
      currency: ledgerAccounts.currency,
      balance: ledgerAccounts.balance,
    })
    .from(ledgerAccounts)
    .where(
      and(
        inArray(ledgerAccounts.kind, kinds),
        owner === undefined ? undefined : eq(ledgerAccounts.owner, owner),
        ne(ledgerAccounts.balance, 0),
      ),
    )
    .orderBy(asc(ledgerAccounts.currency), asc(ledgerAccounts.kind), asc(ledgerAccounts.balance))
    .limit(MOST);
}
