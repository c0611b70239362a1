import { and, eq, inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { isProRole } from './account.ts';
import { requireOrganisation } from './require-account.ts';
import { memberships } from './tables.ts';

/** Who may commit the money of their organisation: its owner or a manager. Throws forbidden for anyone else. */
export async function requireManager(ctx: Context): Promise<{ userId: string; organisationId: string }> {
  const { userId, organisationId } = requireOrganisation(ctx);
  if (await isManager(ctx)) return { userId, organisationId };
  throw new DomainError('forbidden', { public: { key: 'accounts.managerOnly' } });
}

/** Whether the actor may do so. */
export async function isManager({ actor, db }: Context): Promise<boolean> {
  if (actor.kind !== 'account' || !isProRole(actor.role) || !actor.organisationId) return false;
  const [membership] = await db
    .select({ role: memberships.role })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, actor.userId),
        eq(memberships.organisationId, actor.organisationId),
        inArray(memberships.role, ['owner', 'manager']),
      ),
    );
  return membership !== undefined;
}
