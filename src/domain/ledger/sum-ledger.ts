import { asc, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { ledgerAccounts } from './tables.ts';

/** The sum of all balances of each currency: nothing, or the books are wrong. */
export async function sumLedger(ctx: Context): Promise<{ currency: string; cents: number }[]> {
  return ctx.db
    .select({
      currency: ledgerAccounts.currency,
      cents: sql<number>`sum(${ledgerAccounts.balance})`.mapWith(Number),
    })
    .from(ledgerAccounts)
    .groupBy(ledgerAccounts.currency)
    .orderBy(asc(ledgerAccounts.currency));
}
