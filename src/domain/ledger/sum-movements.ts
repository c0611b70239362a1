import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { AccountKind, MovementKind } from './account.ts';
import { ledgerAccounts, ledgerEntries, ledgerMovements } from './tables.ts';

export interface MovementSum {
  accountKind: AccountKind;
  movementKind: MovementKind;
  currency: string;
  /** Minor units, positive is debit. */
  cents: number;
}

/** What each kind of movement did to accounts of some kinds, all owners together. */
export async function sumMovements(
  ctx: Context,
  { kinds }: { kinds: AccountKind[] },
): Promise<MovementSum[]> {
  return ctx.db
    .select({
      accountKind: ledgerAccounts.kind,
      movementKind: ledgerMovements.kind,
      currency: ledgerAccounts.currency,
      cents: sql<number>`sum(${ledgerEntries.amount})`.mapWith(Number),
    })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .innerJoin(ledgerMovements, eq(ledgerMovements.id, ledgerEntries.movementId))
    .where(inArray(ledgerAccounts.kind, kinds))
    .groupBy(ledgerAccounts.kind, ledgerMovements.kind, ledgerAccounts.currency)
    .orderBy(asc(ledgerAccounts.currency), asc(ledgerAccounts.kind));
}
