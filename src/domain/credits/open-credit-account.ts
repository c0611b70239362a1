import type { Context } from '#context.ts';
import { WELCOME_CREDITS } from './credits.ts';
import { creditBalances, creditEntries } from './tables.ts';

/** Makes sure the organisation has a balance: the first time, with the welcome grant. Safe to run twice and at once. */
export async function openCreditAccount(tx: Context, input: { organisationId: string }): Promise<void> {
  const { organisationId } = input;
  const opened = await tx.db
    .insert(creditBalances)
    .values({ organisationId, credits: WELCOME_CREDITS })
    .onConflictDoNothing()
    .returning({ organisationId: creditBalances.organisationId });
  if (opened.length === 0) return;
  await tx.db.insert(creditEntries).values({
    id: tx.random.id(),
    organisationId,
    kind: 'grant',
    credits: WELCOME_CREDITS,
    uniqueKey: `welcome/${organisationId}`,
    reason: 'welcome',
    createdAt: tx.clock.now(),
  });
}
