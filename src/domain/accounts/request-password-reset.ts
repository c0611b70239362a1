import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { emailSchema } from './account.ts';
import { limitAttempts, limitClient } from './limit-attempts.ts';
import { postResetPasswordEmail } from './reset-password-email.ts';
import { users } from './tables.ts';
import { hashPassword } from './write-user.ts';

export const requestPasswordResetSchema = z.object({
  email: emailSchema,
  client: z.string().max(100).default(''),
});

/** Sends a link to a known address; the answer is the same for any. Five mails an hour and address at most. */
export async function requestPasswordReset(
  ctx: Context,
  input: z.input<typeof requestPasswordResetSchema>,
): Promise<{ outcome: 'check-mail' }> {
  const { email, client } = parseInput(requestPasswordResetSchema, input);
  await limitClient(ctx, client, { key: 'reset', max: 30, windowSeconds: 3600 });
  await limitAttempts(ctx, { key: `reset/address/${email}`, max: 5, windowSeconds: 3600 });
  // Far slower than the mail's own writes: the time taken does not tell a known address from an unknown one.
  await hashPassword(ctx, ctx.random.token(16));
  await inTransaction(ctx, async (tx) => {
    const [user] = await tx.db.select().from(users).where(eq(users.email, email));
    if (user && !user.suspendedAt) await postResetPasswordEmail(tx, user);
  });
  return { outcome: 'check-mail' };
}
