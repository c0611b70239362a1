import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import type { Account } from './account.ts';
import { requireAccount } from './require-account.ts';
import { organisations, users } from './tables.ts';

/** The profile of the signed-in person. */
export async function getAccount(ctx: Context): Promise<Account> {
  const { userId } = requireAccount(ctx);
  const [user] = await ctx.db.select().from(users).where(eq(users.id, userId));
  if (!user) throw new DomainError('forbidden', { public: { key: 'accounts.signInFirst' } });
  return {
    userId: user.id,
    name: user.name,
    email: user.email,
    emailVerified: user.emailVerified,
    role: user.role,
    locale: user.locale,
    organisation: await findOrganisation(ctx),
  };
}

async function findOrganisation(ctx: Context): Promise<Account['organisation']> {
  const organisationId = ctx.actor.kind === 'account' ? ctx.actor.organisationId : null;
  if (!organisationId) return null;
  const [organisation] = await ctx.db
    .select()
    .from(organisations)
    .where(eq(organisations.id, organisationId));
  return organisation ? { id: organisation.id, name: organisation.name, kind: organisation.kind } : null;
}
