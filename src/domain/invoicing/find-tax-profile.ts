import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOrganisation } from '../accounts/require-account.ts';
import { taxProfiles } from './tables.ts';
import type { TaxProfile } from './tax-profile.ts';

/** The tax profile of the actor's organisation; null until it has said. Throws 'forbidden' for all but pros. */
export async function findTaxProfile(ctx: Context): Promise<TaxProfile | null> {
  const { organisationId } = requireOrganisation(ctx);
  const [profile] = await ctx.db
    .select()
    .from(taxProfiles)
    .where(eq(taxProfiles.organisationId, organisationId));
  return profile ?? null;
}
