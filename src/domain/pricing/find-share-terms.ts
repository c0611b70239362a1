import { eq, inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from '../events/tables.ts';
import type { ShareTerms } from './offer.ts';
import { eventShares } from './tables.ts';

export const WHOLE_BPS = 10_000;

/** Who has which part of these events' sales from now on, by event. For checkouts: it asks for no permission. */
export async function findShareTerms(ctx: Context, eventIds: string[]): Promise<Map<string, ShareTerms>> {
  if (eventIds.length === 0) return new Map();
  const found = await ctx.db
    .select({ eventId: events.id, sellerId: events.organisationId, shares: eventShares })
    .from(events)
    .leftJoin(eventShares, eq(eventShares.eventId, events.id))
    .where(inArray(events.id, eventIds));
  return new Map(found.map(({ eventId, sellerId, shares }) => [eventId, termsOf(ctx, { sellerId, shares })]));
}

interface TermsSource {
  sellerId: string;
  shares: typeof eventShares.$inferSelect | null;
}

/** What the organiser and the charity were promised stands before a fee that was raised since. */
function termsOf(ctx: Context, { sellerId, shares }: TermsSource): ShareTerms {
  const organiserBps = shares?.organiserId ? shares.organiserBps : 0;
  const charityBps = shares?.charityName ? shares.charityBps : 0;
  return {
    sellerId,
    platformBps: Math.min(platformBps(ctx), WHOLE_BPS - organiserBps - charityBps),
    organiserId: organiserBps > 0 ? (shares?.organiserId ?? null) : null,
    organiserBps,
    charityName: charityBps > 0 ? (shares?.charityName ?? null) : null,
    charityBps,
  };
}

/** The platform's share of every sale, in ten thousandths. */
export function platformBps(ctx: Pick<Context, 'config'>): number {
  return Math.round(ctx.config.platformFeePercent * 100);
}
