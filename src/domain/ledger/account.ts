import type { ledgerAccounts, ledgerMovements } from './tables.ts';

export type AccountKind = (typeof ledgerAccounts.$inferSelect)['kind'];
export type MovementKind = (typeof ledgerMovements.$inferSelect)['kind'];

/** An account of the ledger by what it is of; it comes to be with its first entry. */
export interface AccountName {
  kind: AccountKind;
  owner: string;
  currency: string;
}

/** Positive is debit: see the tables. */
export interface Entry {
  account: AccountName;
  amount: number;
}

export function accountKey({ kind, owner, currency }: AccountName): string {
  return JSON.stringify([kind, owner, currency]);
}

/** One entry for each account that something happens to, in a fixed order. */
export function mergeEntries(entries: Entry[]): Entry[] {
  const merged = new Map<string, Entry>();
  for (const { account, amount } of entries) {
    const key = accountKey(account);
    merged.set(key, { account, amount: (merged.get(key)?.amount ?? 0) + amount });
  }
  return [...merged.entries()]
    .filter(([, { amount }]) => amount !== 0)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, entry]) => entry);
}

/** Of each currency by itself. An amount that is no whole number never balances. */
export function isBalanced(entries: Entry[]): boolean {
  const sums = new Map<string, number>();
  for (const { account, amount } of entries) {
    if (!Number.isSafeInteger(amount)) return false;
    sums.set(account.currency, (sums.get(account.currency) ?? 0) + amount);
  }
  return [...sums.values()].every((sum) => sum === 0);
}
