import type { Context, Role } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { isProRole } from './account.ts';

/** The signed-in person. Throws forbidden for anyone else. */
export function requireAccount(ctx: Context): { userId: string; role: Role } {
  const { actor } = ctx;
  if (actor.kind !== 'account')
    throw new DomainError('forbidden', { public: { key: 'accounts.signInFirst' } });
  return { userId: actor.userId, role: actor.role };
}

/** The signed-in pro and the organisation they act for. Throws forbidden for anyone else. */
export function requireOrganisation(ctx: Context): { userId: string; organisationId: string } {
  const { userId, role } = requireAccount(ctx);
  const organisationId = ctx.actor.kind === 'account' ? ctx.actor.organisationId : null;
  if (!isProRole(role) || !organisationId) {
    throw new DomainError('forbidden', { public: { key: 'accounts.proOnly' } });
  }
  return { userId, organisationId };
}

/** The operator: a signed-in ADMIN, or the system itself. Throws forbidden for anyone else. */
export function requireAdmin(ctx: Context): { actorId: string } {
  const { actor } = ctx;
  if (actor.kind === 'system') return { actorId: actor.name };
  if (actor.kind === 'account' && actor.role === 'ADMIN') return { actorId: actor.userId };
  throw new DomainError('forbidden', { public: { key: 'accounts.adminOnly' } });
}
