import { and, eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { creditBalances, creditEntries } from './tables.ts';

export type RefundReason = 'nothing-found' | 'failed';

/** Gives back what a photo had cost, or `credits` of it, once per photo. Without a debit it does nothing. */
export async function refundCredits(
  tx: Context,
  input: { photoId: string; reason: RefundReason; credits?: number },
): Promise<'refunded' | 'nothing-to-refund'> {
  const [debit] = await tx.db
    .select({ organisationId: creditEntries.organisationId, credits: creditEntries.credits })
    .from(creditEntries)
    .where(and(eq(creditEntries.uniqueKey, `debit/${input.photoId}`), eq(creditEntries.kind, 'debit')));
  if (!debit) return 'nothing-to-refund';
  const credits = Math.min(input.credits ?? -debit.credits, -debit.credits);
  if (credits <= 0) return 'nothing-to-refund';
  const added = await tx.db
    .insert(creditEntries)
    .values({
      id: tx.random.id(),
      organisationId: debit.organisationId,
      kind: 'refund',
      credits,
      photoId: input.photoId,
      uniqueKey: `refund/${input.photoId}`,
      reason: input.reason,
      createdAt: tx.clock.now(),
    })
    .onConflictDoNothing()
    .returning({ id: creditEntries.id });
  if (added.length === 0) return 'nothing-to-refund';
  await tx.db
    .update(creditBalances)
    .set({ credits: sql`${creditBalances.credits} + ${credits}` })
    .where(eq(creditBalances.organisationId, debit.organisationId));
  return 'refunded';
}
