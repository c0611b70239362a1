import { eq } from 'drizzle-orm';
import type { Actor, Context, Role } from '#context.ts';
import { ROLES } from './account.ts';
import { createAuth } from './auth.ts';
import { memberships } from './tables.ts';

const ANONYMOUS: Actor = { kind: 'anonymous' };

/** Who sends these request headers. A missing, expired or revoked session and a suspended account are anonymous. */
export async function getActor(ctx: Context, headers: Headers): Promise<Actor> {
  if (!headers.has('cookie')) return ANONYMOUS;
  const found = await createAuth(ctx).api.getSession({ headers });
  if (!found || found.user.suspendedAt) return ANONYMOUS;
  const role = ROLES.find((known) => known === found.user.role);
  if (!role) return ANONYMOUS;
  return {
    kind: 'account',
    userId: found.user.id,
    role,
    organisationId: await organisationOf(ctx, found.user.id, role),
  };
}

async function organisationOf(ctx: Context, userId: string, role: Role): Promise<string | null> {
  if (role === 'RUNNER' || role === 'ADMIN') return null;
  const [membership] = await ctx.db
    .select({ organisationId: memberships.organisationId })
    .from(memberships)
    .where(eq(memberships.userId, userId))
    .orderBy(memberships.createdAt)
    .limit(1);
  return membership?.organisationId ?? null;
}
