import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { organisations } from '#domain/accounts/tables.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { findShareTerms, platformBps, WHOLE_BPS } from './find-share-terms.ts';
import { eventShares } from './tables.ts';

/** Who has which part of an event's sales; parts in ten thousandths. */
export interface Shares {
  /** Null: nobody but seller and platform. */
  organiserName: string | null;
  organiserBps: number;
  charityName: string | null;
  charityBps: number;
  platformBps: number;
  sellerBps: number;
}

export async function getShares(ctx: Context, input: { eventId: string }): Promise<Shares> {
  const event = await requireOwnEvent(ctx, input);
  const terms = (await findShareTerms(ctx, [event.id])).get(event.id);
  const [kept] = await ctx.db
    .select({ organiserName: organisations.name, charityName: eventShares.charityName })
    .from(eventShares)
    .leftJoin(organisations, eq(organisations.id, eventShares.organiserId))
    .where(eq(eventShares.eventId, event.id));
  const platform = terms?.platformBps ?? platformBps(ctx);
  const organiserBps = terms?.organiserBps ?? 0;
  const charityBps = terms?.charityBps ?? 0;
  return {
    organiserName: kept?.organiserName ?? null,
    organiserBps,
    charityName: kept?.charityName ?? null,
    charityBps,
    platformBps: platform,
    sellerBps: WHOLE_BPS - platform - organiserBps - charityBps,
  };
}
