import { and, eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { redeemToken, tokenRefused } from './one-time-token.ts';
import { users } from './tables.ts';

/** Confirms the address that the token was sent to. Throws bad-input for a used, old or foreign token. */
export async function verifyAddress(ctx: Context, input: { token: string }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { userId, email } = await redeemToken(tx, 'verify-address', input.token);
    const confirmed = await tx.db
      .update(users)
      .set({ emailVerified: true, updatedAt: tx.clock.now() })
      .where(and(eq(users.id, userId), eq(users.email, email)))
      .returning({ id: users.id });
    if (confirmed.length === 0) throw tokenRefused();
    await recordAudit(tx, { action: 'accounts.verify-address', subjectKind: 'user', subjectId: userId });
  });
}
