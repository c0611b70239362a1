import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { AccountName } from './account.ts';
import { ledgerAccounts } from './tables.ts';

/** Minor units, positive is debit; 0 for an account that nothing ever happened to. */
export async function getBalance(ctx: Context, { kind, owner, currency }: AccountName): Promise<number> {
  const [row] = await ctx.db
    .select({ balance: ledgerAccounts.balance })
    .from(ledgerAccounts)
    .where(
      and(
        eq(ledgerAccounts.kind, kind),
        eq(ledgerAccounts.owner, owner),
        eq(ledgerAccounts.currency, currency),
      ),
    );
  return row?.balance ?? 0;
}
