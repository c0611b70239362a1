import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { emailSchema, localeSchema, nameSchema, passwordSchema } from './account.ts';
import { issueToken, isTokenOpen, redeemToken, tokenRefused } from './one-time-token.ts';
import { refusePasswordLikeEmail } from './refuse-password-like-email.ts';
import { requireAdmin } from './require-account.ts';
import { users } from './tables.ts';
import { hashPassword, insertUser } from './write-user.ts';

export const adminSchema = z
  .object({ name: nameSchema, email: emailSchema, password: passwordSchema, locale: localeSchema })
  .superRefine(refusePasswordLikeEmail);

type AdminInput = z.input<typeof adminSchema>;

/** Makes an admin from the command line. Throws forbidden for anyone but the system or an admin, conflict for a taken address. */
export async function createAdmin(ctx: Context, input: AdminInput): Promise<{ userId: string }> {
  requireAdmin(ctx);
  const { password, ...person } = parseInput(adminSchema, input);
  const passwordHash = await hashPassword(ctx, password);
  return inTransaction(ctx, (tx) => insertAdmin(tx, { ...person, passwordHash }));
}

/** The address of the page that makes the first admin; null once there is one. A new link makes older ones useless. */
export async function offerFirstAdminLink(ctx: Context): Promise<string | null> {
  if (await hasAdmin(ctx)) return null;
  const token = await inTransaction(ctx, (tx) => issueToken(tx, 'first-admin', NOBODY));
  return `${ctx.config.publicUrl}/${ctx.locale}/first-admin?token=${token}`;
}

/** True while the link would be taken. */
export async function isFirstAdminLinkOpen(ctx: Context, input: { token: string }): Promise<boolean> {
  return !(await hasAdmin(ctx)) && (await isTokenOpen(ctx, 'first-admin', input.token));
}

/** Makes the first admin by the one-time link. Throws bad-input once there is an admin, or for any other token. */
export async function createFirstAdmin(
  ctx: Context,
  input: AdminInput & { token: string },
): Promise<{ userId: string }> {
  const { password, ...person } = parseInput(adminSchema, input);
  if (!(await isFirstAdminLinkOpen(ctx, input))) throw tokenRefused();
  const passwordHash = await hashPassword(ctx, password);
  return inTransaction(ctx, async (tx) => {
    await redeemToken(tx, 'first-admin', input.token);
    if (await hasAdmin(tx)) throw tokenRefused();
    return insertAdmin(tx, { ...person, passwordHash });
  });
}

const NOBODY = { userId: 'nobody', email: '' };

async function hasAdmin(ctx: Context): Promise<boolean> {
  const [admin] = await ctx.db.select({ id: users.id }).from(users).where(eq(users.role, 'ADMIN')).limit(1);
  return admin !== undefined;
}

async function insertAdmin(
  tx: Context,
  person: { name: string; email: string; locale: 'fr' | 'en'; passwordHash: string },
): Promise<{ userId: string }> {
  const inserted = await insertUser(tx, { ...person, role: 'ADMIN', emailVerified: true });
  if (!inserted) throw new DomainError('conflict', { public: { key: 'accounts.emailTaken' } });
  await recordAudit(tx, { action: 'accounts.create-admin', subjectKind: 'user', subjectId: inserted.userId });
  return { userId: inserted.userId };
}
