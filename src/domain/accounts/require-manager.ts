import { and, eq, inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { requireOrganisation } from './require-account.ts';
import { memberships } from './tables.ts';

/** Who may commit the money of their organisation: its owner or a manager. Throws forbidden for anyone else. */
export async function requireManager(ctx: Context): Promise<{ userId: string; organisationId: string }> {
  const { userId, organisationId } = requireOrganisation(ctx);
  const [membership] = await ctx.db
    .select({ role: memberships.role })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        eq(memberships.organisationId, organisationId),
        inArray(memberships.role, ['owner', 'manager']),
      ),
    );
  if (!membership) throw new DomainError('forbidden', { public: { key: 'accounts.managerOnly' } });
  return { userId, organisationId };
}
