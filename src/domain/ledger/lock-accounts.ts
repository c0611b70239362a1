import { and, eq, or } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { type AccountName, accountKey } from './account.ts';
import { ledgerAccounts } from './tables.ts';

export interface LockedAccounts {
  idOf(account: AccountName): string;
  /** Positive is debit. */
  balanceOf(account: AccountName): number;
}

/** Opens the accounts that are new and locks all of them until the transaction ends, always in the order of their ids. */
export async function lockAccounts(tx: Context, accounts: AccountName[]): Promise<LockedAccounts> {
  const wanted = distinct(accounts);
  await tx.db
    .insert(ledgerAccounts)
    .values(wanted.map(({ kind, owner, currency }) => ({ id: tx.random.id(), kind, owner, currency })))
    .onConflictDoNothing();
  const rows = await tx.db
    .select()
    .from(ledgerAccounts)
    .where(
      or(
        ...wanted.map(({ kind, owner, currency }) =>
          and(
            eq(ledgerAccounts.kind, kind),
            eq(ledgerAccounts.owner, owner),
            eq(ledgerAccounts.currency, currency),
          ),
        ),
      ),
    )
    .orderBy(ledgerAccounts.id)
    .for('update');
  const byKey = new Map(rows.map((row) => [accountKey(row), row]));
  const find = (account: AccountName) => {
    const row = byKey.get(accountKey(account));
    if (!row) throw new Error(`the account ${accountKey(account)} was not locked`);
    return row;
  };
  return { idOf: (account) => find(account).id, balanceOf: (account) => find(account).balance };
}

/** Sorted, so that two transactions that open the same accounts wait in one order. */
function distinct(accounts: AccountName[]): AccountName[] {
  const byKey = new Map(accounts.map((account) => [accountKey(account), account]));
  return [...byKey.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, name]) => name);
}
