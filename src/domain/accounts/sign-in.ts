import { createHmac, timingSafeEqual } from 'node:crypto';
import { isAPIError } from 'better-auth/api';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction, type Role } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { emailSchema, PASSWORD_MAX_LENGTH } from './account.ts';
import { createAuth } from './auth.ts';
import { clearAttempts, limitAttempts, limitClient } from './limit-attempts.ts';
import { readSessionCookie, type SessionCookie } from './session-cookie.ts';
import { users } from './tables.ts';
import { postVerifyAddressEmail } from './verify-address-email.ts';

export const signInSchema = z.object({
  email: emailSchema,
  password: z
    .string()
    .min(1, 'accounts.passwordRequired')
    .max(PASSWORD_MAX_LENGTH, 'accounts.passwordTooLong'),
  client: z.string().max(100).default(''),
  /** What this browser was given at an earlier sign-in, '' for none. */
  device: z.string().max(100).default(''),
});

export type SignInOutcome =
  | { outcome: 'signed-in'; cookie: SessionCookie; device: string; role: Role }
  | { outcome: 'wrong-password' }
  | { outcome: 'address-not-verified' }
  | { outcome: 'suspended' };

const WINDOW_SECONDS = 15 * 60;

/** Checks the password and opens a session. Throws rate-limited after ten wrong tries on one account, or a hundred
 *  from one client, in a quarter of an hour. A browser that signed in before has its own count, so that strangers
 *  cannot lock the owner out. `headers` are the request's: the session keeps its browser's name. */
export async function signIn(
  ctx: Context,
  input: z.input<typeof signInSchema>,
  headers: Headers,
): Promise<SignInOutcome> {
  const { email, password, client, device } = parseInput(signInSchema, input);
  const expected = deviceToken(ctx, email);
  const known = sameText(device, expected);
  const accountKey = `sign-in/${known ? 'device' : 'account'}/${email}`;
  await limitClient(ctx, client, { key: 'sign-in', max: 100, windowSeconds: WINDOW_SECONDS });
  await limitAttempts(ctx, { key: accountKey, max: 10, windowSeconds: WINDOW_SECONDS });
  try {
    const { headers: answer, response } = await createAuth(ctx).api.signInEmail({
      body: { email, password },
      headers,
      returnHeaders: true,
    });
    await clearAttempts(ctx, accountKey);
    const [user] = await ctx.db
      .select({ role: users.role })
      .from(users)
      .where(eq(users.id, response.user.id));
    const cookie = readSessionCookie(ctx, answer);
    return { outcome: 'signed-in', cookie, device: expected, role: user?.role ?? 'RUNNER' };
  } catch (error) {
    return refusedSignIn(ctx, email, error);
  }
}

async function refusedSignIn(ctx: Context, email: string, error: unknown): Promise<SignInOutcome> {
  const code = isAPIError(error) ? error.body?.code : undefined;
  if (code === 'INVALID_EMAIL_OR_PASSWORD') return { outcome: 'wrong-password' };
  if (code === 'ACCOUNT_SUSPENDED') return { outcome: 'suspended' };
  if (code !== 'EMAIL_NOT_VERIFIED') throw error;
  await limitAttempts(ctx, { key: `verify-address/${email}`, max: 5, windowSeconds: 3600 });
  await inTransaction(ctx, async (tx) => {
    const [user] = await tx.db.select().from(users).where(eq(users.email, email));
    if (user) await postVerifyAddressEmail(tx, user);
  });
  return { outcome: 'address-not-verified' };
}

function deviceToken(ctx: Context, email: string): string {
  return createHmac('sha256', ctx.config.authSecret).update(`device/${email}`).digest('base64url');
}

function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
