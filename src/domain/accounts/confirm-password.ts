import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { createAuth } from './auth.ts';
import { clearAttempts, limitAttempts } from './limit-attempts.ts';
import { credentials } from './tables.ts';

/** Makes sure that the signed-in person knows their password. Throws bad-input on the field `currentPassword`. */
export async function confirmPassword(ctx: Context, userId: string, currentPassword: string): Promise<void> {
  const key = `confirm-password/${userId}`;
  await limitAttempts(ctx, { key, max: 10, windowSeconds: 900 });
  const { password: hasher } = await createAuth(ctx).$context;
  const [credential] = await ctx.db
    .select({ hash: credentials.password })
    .from(credentials)
    .where(and(eq(credentials.userId, userId), eq(credentials.providerId, 'credential')));
  const right = credential?.hash
    ? await hasher.verify({ hash: credential.hash, password: currentPassword })
    : false;
  if (right) return clearAttempts(ctx, key);
  const never = z.object({ currentPassword: z.custom(() => false, 'accounts.passwordWrong') });
  parseInput(never, { currentPassword: '' });
}
