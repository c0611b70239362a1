import { eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { requireOrganisation } from '#domain/accounts/require-account.ts';
import { openCreditAccount } from './open-credit-account.ts';
import { creditBalances } from './tables.ts';

/** The credits left to the actor's organisation. The first look opens the account with its welcome grant. */
export async function getCreditBalance(ctx: Context): Promise<number> {
  const { organisationId } = requireOrganisation(ctx);
  return readBalance(ctx, { organisationId });
}

/** The same for an organisation whose right was checked before. */
export function readBalance(ctx: Context, input: { organisationId: string }): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    await openCreditAccount(tx, input);
    const [balance] = await tx.db
      .select({ credits: creditBalances.credits })
      .from(creditBalances)
      .where(eq(creditBalances.organisationId, input.organisationId));
    return balance?.credits ?? 0;
  });
}
