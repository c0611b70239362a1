import { and, eq, gte, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { openCreditAccount } from './open-credit-account.ts';
import { creditBalances, creditEntries } from './tables.ts';

export interface HoldCreditsInput {
  organisationId: string;
  photoId: string;
  credits: number;
}

/** Takes a photo's credits from the balance, once per photo however often it is asked. Call it inside the photo's own transaction. */
export async function holdCredits(tx: Context, input: HoldCreditsInput): Promise<'held' | 'no-credit'> {
  await openCreditAccount(tx, input);
  const entryId = tx.random.id();
  const added = await tx.db
    .insert(creditEntries)
    .values({
      id: entryId,
      organisationId: input.organisationId,
      kind: 'debit',
      credits: -input.credits,
      photoId: input.photoId,
      uniqueKey: `debit/${input.photoId}`,
      createdAt: tx.clock.now(),
    })
    .onConflictDoNothing()
    .returning({ id: creditEntries.id });
  if (added.length === 0) return 'held';

  const debited = await tx.db
    .update(creditBalances)
    .set({ credits: sql`${creditBalances.credits} - ${input.credits}` })
    .where(
      and(
        eq(creditBalances.organisationId, input.organisationId),
        gte(creditBalances.credits, input.credits),
      ),
    )
    .returning({ credits: creditBalances.credits });
  if (debited.length > 0) return 'held';
  await tx.db.delete(creditEntries).where(eq(creditEntries.id, entryId));
  return 'no-credit';
}
