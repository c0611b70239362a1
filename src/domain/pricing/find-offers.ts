import { asc, inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from '../events/tables.ts';
import type { Offer } from './offer.ts';
import { discounts, eventOffers, pricePacks, priceTiers } from './tables.ts';

type EventRow = Pick<
  typeof events.$inferSelect,
  'id' | 'currency' | 'startsAt' | 'photoPriceCents' | 'allPhotosPriceCents'
>;

/** What photos of these events cost, by event; prices are public. An event that nobody made an offer for sells originals at its
 *  two base prices. An id without an event is left out. */
export async function findOffers(ctx: Context, eventIds: string[]): Promise<Map<string, Offer>> {
  if (eventIds.length === 0) return new Map();
  const found = await ctx.db
    .select({
      id: events.id,
      currency: events.currency,
      startsAt: events.startsAt,
      photoPriceCents: events.photoPriceCents,
      allPhotosPriceCents: events.allPhotosPriceCents,
    })
    .from(events)
    .where(inArray(events.id, eventIds));
  const parts = await readParts(ctx, eventIds);
  return new Map(found.map((event) => [event.id, offerOf(event, parts)]));
}

type Parts = Awaited<ReturnType<typeof readParts>>;

async function readParts(ctx: Context, eventIds: string[]) {
  const { db } = ctx;
  return {
    offers: await db.select().from(eventOffers).where(inArray(eventOffers.eventId, eventIds)),
    packs: await db
      .select()
      .from(pricePacks)
      .where(inArray(pricePacks.eventId, eventIds))
      .orderBy(asc(pricePacks.photos)),
    tiers: await db
      .select()
      .from(priceTiers)
      .where(inArray(priceTiers.eventId, eventIds))
      .orderBy(asc(priceTiers.fromPhotos)),
    discounts: await db
      .select()
      .from(discounts)
      .where(inArray(discounts.eventId, eventIds))
      .orderBy(asc(discounts.startsAt), asc(discounts.id)),
  };
}

function offerOf(event: EventRow, parts: Parts): Offer {
  const ofEvent = (part: { eventId: string }) => part.eventId === event.id;
  const offer = parts.offers.find(ofEvent);
  return {
    eventId: event.id,
    currency: event.currency,
    selling: offer?.selling ?? 'paid',
    photoCents: { web: offer?.webPriceCents ?? null, original: event.photoPriceCents },
    allPhotosCents: event.allPhotosPriceCents,
    preSaleCents: offer?.preSaleCents ?? null,
    wholeEventCents: offer?.wholeEventCents ?? null,
    packs: parts.packs.filter(ofEvent).map(({ size, photos, priceCents }) => ({ size, photos, priceCents })),
    tiers: parts.tiers
      .filter(ofEvent)
      .map(({ size, fromPhotos, unitCents }) => ({ size, fromPhotos, unitCents })),
    discounts: parts.discounts
      .filter(ofEvent)
      .map(({ percent, startsAt, endsAt }) => ({ percent, startsAt, endsAt })),
    startsAt: event.startsAt,
    sponsorName: offer?.sponsorName ?? null,
  };
}
