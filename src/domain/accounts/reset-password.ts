import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { parseInput } from '#platform/parse-input.ts';
import { passwordSchema } from './account.ts';
import { redeemToken, tokenRefused } from './one-time-token.ts';
import { postPasswordChangedEmail } from './password-changed-email.ts';
import { users } from './tables.ts';
import { hashPassword, replacePassword } from './write-user.ts';

export const resetPasswordSchema = z.object({ token: z.string().max(200), password: passwordSchema });

/** Sets a new password by the link of a mail and ends every session. The link proves the address too.
 *  Throws bad-input for a used, old or foreign token. */
export async function resetPassword(ctx: Context, input: z.input<typeof resetPasswordSchema>): Promise<void> {
  const { token, password } = parseInput(resetPasswordSchema, input);
  const passwordHash = await hashPassword(ctx, password);
  await inTransaction(ctx, async (tx) => {
    const { userId, email } = await redeemToken(tx, 'reset-password', token);
    const [user] = await tx.db
      .update(users)
      .set({ emailVerified: true, updatedAt: tx.clock.now() })
      .where(and(eq(users.id, userId), eq(users.email, email)))
      .returning();
    if (!user) throw tokenRefused();
    await replacePassword(tx, userId, passwordHash);
    await postPasswordChangedEmail(tx, user);
    await recordAudit(tx, { action: 'accounts.reset-password', subjectKind: 'user', subjectId: userId });
  });
}
