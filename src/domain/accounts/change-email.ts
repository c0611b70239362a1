import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { parseInput } from '#platform/parse-input.ts';
import { emailSchema } from './account.ts';
import { postChangeEmailEmails } from './change-email-email.ts';
import { confirmPassword } from './confirm-password.ts';
import { limitAttempts } from './limit-attempts.ts';
import { redeemToken, tokenRefused } from './one-time-token.ts';
import { requireAccount } from './require-account.ts';
import { users } from './tables.ts';
import { endSessions } from './write-user.ts';

export const requestEmailChangeSchema = z.object({
  email: emailSchema,
  currentPassword: z.string().max(200),
});

/** Sends a link to the new address; nothing changes before it is used. An address that is taken gets the same answer. */
export async function requestEmailChange(
  ctx: Context,
  input: z.input<typeof requestEmailChangeSchema>,
): Promise<{ outcome: 'check-mail' }> {
  const { userId } = requireAccount(ctx);
  const { email, currentPassword } = parseInput(requestEmailChangeSchema, input);
  await confirmPassword(ctx, userId, currentPassword);
  await limitAttempts(ctx, { key: `change-email/${userId}`, max: 5, windowSeconds: 3600 });
  await inTransaction(ctx, async (tx) => {
    const [taken] = await tx.db.select({ id: users.id }).from(users).where(eq(users.email, email));
    const [user] = await tx.db.select().from(users).where(eq(users.id, userId));
    if (user && !taken) await postChangeEmailEmails(tx, user, email);
  });
  return { outcome: 'check-mail' };
}

/** Takes the new address by the link that was sent to it and ends every session. Throws bad-input for a used or old
 *  token, and for an address that somebody took meanwhile. */
export async function confirmEmailChange(ctx: Context, input: { token: string }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { userId, email } = await redeemToken(tx, 'change-email', input.token);
    const [taken] = await tx.db.select({ id: users.id }).from(users).where(eq(users.email, email));
    if (taken) throw tokenRefused();
    await tx.db
      .update(users)
      .set({ email, emailVerified: true, updatedAt: tx.clock.now() })
      .where(eq(users.id, userId));
    await endSessions(tx, userId);
    await recordAudit(tx, { action: 'accounts.change-email', subjectKind: 'user', subjectId: userId });
  });
}
