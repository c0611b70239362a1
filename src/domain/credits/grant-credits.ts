import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { requireAdmin } from '#domain/accounts/require-account.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { parseInput } from '#platform/parse-input.ts';
import { openCreditAccount } from './open-credit-account.ts';
import { creditBalances, creditEntries } from './tables.ts';

export const grantCreditsSchema = z.object({
  organisationId: z.uuid(),
  credits: z.number().int().min(1).max(1_000_000),
  /** Two grants with one key are one grant. */
  uniqueKey: z.string().min(1).max(200),
  reason: z.string().min(1).max(200),
});

/** Adds credits to an organisation, once per unique key. For operators and the system. */
export async function grantCredits(
  ctx: Context,
  input: z.input<typeof grantCreditsSchema>,
): Promise<'granted' | 'already-granted'> {
  requireAdmin(ctx);
  const grant = parseInput(grantCreditsSchema, input);
  return inTransaction(ctx, async (tx) => {
    await openCreditAccount(tx, grant);
    const added = await tx.db
      .insert(creditEntries)
      .values({ id: tx.random.id(), kind: 'grant', createdAt: tx.clock.now(), ...grant })
      .onConflictDoNothing()
      .returning({ id: creditEntries.id });
    if (added.length === 0) return 'already-granted';
    await tx.db
      .update(creditBalances)
      .set({ credits: sql`${creditBalances.credits} + ${grant.credits}` })
      .where(eq(creditBalances.organisationId, grant.organisationId));
    const { organisationId, credits } = grant;
    const subject = { subjectKind: 'organisation', subjectId: organisationId };
    await recordAudit(tx, { action: 'credits.grant', ...subject, details: { credits } });
    return 'granted';
  });
}
