import { createHash } from 'node:crypto';
import { and, gt, like, lt } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { verifications } from './tables.ts';

export type TokenPurpose = 'verify-address' | 'reset-password' | 'change-email' | 'first-admin';

const HOURS_VALID: Record<TokenPurpose, number> = {
  'verify-address': 48,
  'reset-password': 1,
  'change-email': 24,
  'first-admin': 24,
};

/** Whom a token is for, and the address that it was sent to or asks for. */
const boundToSchema = z.object({ userId: z.string(), email: z.string() });
export type TokenBinding = z.infer<typeof boundToSchema>;

/** A new token for this purpose and person; older ones of the same purpose die. Only its digest is kept. */
export async function issueToken(tx: Context, purpose: TokenPurpose, binding: TokenBinding): Promise<string> {
  const now = tx.clock.now();
  const token = tx.random.token(32);
  const owner = `${purpose}:${digest(binding.userId)}:`;
  await tx.db.delete(verifications).where(like(verifications.identifier, `${owner}%`));
  await tx.db.delete(verifications).where(lt(verifications.expiresAt, now));
  await tx.db.insert(verifications).values({
    id: tx.random.id(),
    identifier: `${owner}${digest(token)}`,
    value: JSON.stringify(binding),
    expiresAt: new Date(now.getTime() + HOURS_VALID[purpose] * 3_600_000),
    createdAt: now,
    updatedAt: now,
  });
  return token;
}

/** Uses a token up and says for whom it was. Of two uses at once one wins. Throws bad-input for any other token. */
export async function redeemToken(tx: Context, purpose: TokenPurpose, token: string): Promise<TokenBinding> {
  const [used] = await tx.db
    .delete(verifications)
    .where(matching(tx, purpose, token))
    .returning({ value: verifications.value });
  if (!used) throw tokenRefused();
  return boundToSchema.parse(JSON.parse(used.value));
}

/** True while the token would be taken; it stays usable. */
export async function isTokenOpen(ctx: Context, purpose: TokenPurpose, token: string): Promise<boolean> {
  const [found] = await ctx.db
    .select({ id: verifications.id })
    .from(verifications)
    .where(matching(ctx, purpose, token));
  return found !== undefined;
}

export function tokenRefused(): DomainError {
  return new DomainError('bad-input', { public: { key: 'accounts.linkOver' } });
}

function matching(ctx: Context, purpose: TokenPurpose, token: string) {
  return and(
    like(verifications.identifier, `${purpose}:%:${digest(token)}`),
    gt(verifications.expiresAt, ctx.clock.now()),
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
