import { and, asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { memberships, users } from '../accounts/tables.ts';
import { PLATFORM } from './invoice.ts';
import { type Issuer, issuerOfProfile, platformIssuer } from './issuer.ts';
import { taxProfiles } from './tables.ts';

/** Null while nobody has said who the issuer is before the tax office: its invoices wait. */
export async function findIssuer(ctx: Context, issuer: string): Promise<Issuer | null> {
  if (issuer === PLATFORM) return platformIssuer(ctx.config);
  const [profile] = await ctx.db.select().from(taxProfiles).where(eq(taxProfiles.organisationId, issuer));
  if (!profile) return null;
  const [owner] = await ctx.db
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organisationId, issuer), eq(memberships.role, 'owner')))
    .orderBy(asc(memberships.createdAt))
    .limit(1);
  return issuerOfProfile(profile, owner?.email ?? null);
}
