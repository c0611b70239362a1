import { and, arrayContains, count, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { rows } from '#platform/db/rows.ts';
import { organisations } from '../accounts/tables.ts';
import { isOpenTo } from '../events/closed-event.ts';
import { events } from '../events/tables.ts';
import { photos } from '../photos/tables.ts';
import { findOffers } from '../pricing/find-offers.ts';
import type { Offer } from '../pricing/offer.ts';

/** True for photos that this visitor may buy as anybody may: ready, not hidden, of a published event that is open to them. Needs a join of `photos` and `events`. */
function isOnSale(ctx: Context): SQL | undefined {
  return and(eq(photos.state, 'ready'), isNull(photos.hiddenAt), isOpenTo(ctx));
}

export interface PhotoOnSale {
  photoId: string;
  eventId: string;
  bibs: string[];
  widthPx: number | null;
  heightPx: number | null;
  tone: string | null;
  takenAt: Date | null;
}

/** Those of the photos that are on sale now. */
export async function findPhotosOnSale(ctx: Context, photoIds: string[]): Promise<PhotoOnSale[]> {
  if (photoIds.length === 0) return [];
  return ctx.db
    .select({
      photoId: photos.id,
      eventId: photos.eventId,
      bibs: photos.bibs,
      widthPx: photos.widthPx,
      heightPx: photos.heightPx,
      tone: photos.tone,
      takenAt: photos.takenAt,
    })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(inArray(photos.id, photoIds), isOnSale(ctx)));
}

export async function countRunnerPhotos(
  ctx: Context,
  { eventId, bib }: { eventId: string; bib: string },
): Promise<number> {
  const [row] = await ctx.db
    .select({ photos: count() })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(eq(photos.eventId, eventId), arrayContains(photos.bibs, [bib]), isOnSale(ctx)));
  return row?.photos ?? 0;
}

/** The same for many runners in one query, by `eventId` and `bib`; a runner without photos is missing. */
export async function countRunnersPhotos(
  ctx: Context,
  runners: { eventId: string; bib: string }[],
): Promise<{ eventId: string; bib: string; photos: number }[]> {
  if (runners.length === 0) return [];
  const asked = sql`jsonb_to_recordset(${JSON.stringify(runners)}::jsonb) as runner("eventId" uuid, bib text)`;
  return rows(
    ctx.db,
    sql`
      select runner."eventId", runner.bib, count(*)::int as photos
      from ${asked}
      join ${photos} on ${photos.eventId} = runner."eventId" and ${photos.bibs} @> array[runner.bib]
      join ${events} on ${events.id} = ${photos.eventId}
      where ${isOnSale(ctx)}
      group by runner."eventId", runner.bib`,
  );
}

export async function countEventPhotos(ctx: Context, eventId: string): Promise<number> {
  const [row] = await ctx.db
    .select({ photos: count() })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(eq(photos.eventId, eventId), isOnSale(ctx)));
  return row?.photos ?? 0;
}

export interface EventOnSale {
  eventId: string;
  slug: string;
  name: string;
  timeZone: string;
  /** The organisation whose photos they are. */
  sellerName: string;
  offer: Offer;
}

/** Those of the events that are published, open to this visitor, and sell or give photos. */
export async function findEventsOnSale(ctx: Context, eventIds: string[]): Promise<EventOnSale[]> {
  if (eventIds.length === 0) return [];
  const published = await ctx.db
    .select({
      eventId: events.id,
      slug: events.slug,
      name: events.name,
      timeZone: events.timeZone,
      sellerName: organisations.name,
    })
    .from(events)
    .innerJoin(organisations, eq(organisations.id, events.organisationId))
    .where(and(inArray(events.id, eventIds), isOpenTo(ctx)));
  const offers = await findOffers(
    ctx,
    published.map(({ eventId }) => eventId),
  );
  return published.flatMap((event) => {
    const offer = offers.get(event.eventId);
    return offer && offer.selling !== 'off' ? [{ ...event, offer }] : [];
  });
}

/** All photos of a runner can be had before there are any: the pre-sale of the event runs. */
export function isPreSale({ offer }: EventOnSale, now: Date): boolean {
  return offer.selling !== 'free' && offer.preSaleCents !== null && now < offer.startsAt;
}
