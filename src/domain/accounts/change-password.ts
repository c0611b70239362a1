import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { parseInput } from '#platform/parse-input.ts';
import { passwordSchema } from './account.ts';
import { confirmPassword } from './confirm-password.ts';
import { postPasswordChangedEmail } from './password-changed-email.ts';
import { requireAccount } from './require-account.ts';
import { users } from './tables.ts';
import { hashPassword, replacePassword } from './write-user.ts';

export const changePasswordSchema = z.object({
  currentPassword: z.string().max(200),
  password: passwordSchema,
});

/** Replaces the signed-in person's password and ends every session, this one too: the caller signs in anew. */
export async function changePassword(
  ctx: Context,
  input: z.input<typeof changePasswordSchema>,
): Promise<{ email: string }> {
  const { userId } = requireAccount(ctx);
  const { currentPassword, password } = parseInput(changePasswordSchema, input);
  await confirmPassword(ctx, userId, currentPassword);
  const passwordHash = await hashPassword(ctx, password);
  return inTransaction(ctx, async (tx) => {
    await replacePassword(tx, userId, passwordHash);
    const [user] = await tx.db.select().from(users).where(eq(users.id, userId));
    if (user) await postPasswordChangedEmail(tx, user);
    await recordAudit(tx, { action: 'accounts.change-password', subjectKind: 'user', subjectId: userId });
    return { email: user?.email ?? '' };
  });
}
