import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { PLATFORM } from './invoice.ts';
import { type Issuer, issuerOfProfile, platformIssuer } from './issuer.ts';
import { taxProfiles } from './tables.ts';

/** Null while nobody has said who the issuer is before the tax office: its invoices wait. */
export async function findIssuer(ctx: Context, issuer: string): Promise<Issuer | null> {
  if (issuer === PLATFORM) return platformIssuer(ctx.config);
  const [profile] = await ctx.db.select().from(taxProfiles).where(eq(taxProfiles.organisationId, issuer));
  return profile ? issuerOfProfile(profile) : null;
}
