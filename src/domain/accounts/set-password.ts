import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { emailSchema, passwordSchema } from './account.ts';
import { requireAdmin } from './require-account.ts';
import { users } from './tables.ts';
import { hashPassword, replacePassword } from './write-user.ts';

export const setPasswordSchema = z.object({ email: emailSchema, password: passwordSchema });

/** Gives an account a new password from the command line and ends its sessions. Throws not-found for an unknown address. */
export async function setPassword(ctx: Context, input: z.input<typeof setPasswordSchema>): Promise<void> {
  requireAdmin(ctx);
  const { email, password } = parseInput(setPasswordSchema, input);
  const passwordHash = await hashPassword(ctx, password);
  await inTransaction(ctx, async (tx) => {
    const [user] = await tx.db.select({ id: users.id }).from(users).where(eq(users.email, email));
    if (!user) throw new DomainError('not-found', { public: { key: 'accounts.notFound' } });
    await replacePassword(tx, user.id, passwordHash);
    await recordAudit(tx, { action: 'accounts.set-password', subjectKind: 'user', subjectId: user.id });
  });
}
