import { and, count, desc, eq, inArray, isNull, not, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { limitClient } from '#domain/accounts/limit-attempts.ts';
import { events } from '#domain/events/tables.ts';
import { hasWords, readNameWords } from '#domain/timing/find-runners-by-name.ts';
import { refusesPhotos } from '#domain/timing/refuses-photos.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import { parseInput } from '#platform/parse-input.ts';
import { isPublished } from './find-attributed-photos.ts';
import { readBibQuery } from './near-bibs.ts';
import { attributions } from './tables.ts';

export const findRunnerEverywhereSchema = z.object({
  /** A bib, or two whole words of a name or more: nobody leafs through families. */
  query: z.string().max(100),
  /** The network address it comes from, '' when nobody could tell. */
  client: z.string().max(100),
});

/** Older ones are found by their own page. */
const LATEST_EVENTS = 300;
const MOST_ENTRIES = 200;
const MOST_FOUND = 40;
/** Somebody looking for themselves, with slips; not somebody who collects who ran where. */
const SEARCHES = { key: 'find-me', max: 60, windowSeconds: 3600 };

interface ListedEvent {
  eventId: string;
  eventName: string;
  eventSlug: string;
  startsAt: Date;
  timeZone: string;
  place: string;
}

export interface RunnerElsewhere extends ListedEvent {
  bib: string;
  /** '' where a bib was asked for: who bears it is told in its own event. */
  firstName: string;
  lastName: string;
  photoCount: number;
}

/** Who bears a name or a bib in the latest published, listed events, the latest first. Names of grown-ups alone, and of nobody
 *  who refuses photos; whole words, in any order and without accents. A bib alone is answered without names. Throws
 *  rate-limited past the bound of one address. */
export async function findRunnerEverywhere(
  ctx: Context,
  input: z.input<typeof findRunnerEverywhereSchema>,
): Promise<RunnerElsewhere[]> {
  const { query, client } = parseInput(findRunnerEverywhereSchema, input);
  const bib = readBibQuery(query);
  const words = readNameWords(query);
  if (bib === null && words.length < 2) return [];
  await limitClient(ctx, client, SEARCHES);
  const listed = await listLatestEvents(ctx);
  const eventIds = listed.map(({ eventId }) => eventId);
  const entries = await listEntries(
    ctx,
    eventIds,
    bib === null ? hasWords(words) : eq(startListEntries.bib, bib),
  );
  const counts = await countPhotos(ctx, eventIds, bib === null ? entries.map((entry) => entry.bib) : [bib]);
  const found = listed.flatMap((event) => {
    const own = entries.filter(({ eventId }) => eventId === event.eventId);
    const adults = own.filter(({ isMinor }) => !isMinor);
    const unlisted = own.length === 0 && counts.has(`${event.eventId}/${bib}`);
    const nameless = adults.length > 0 || unlisted ? [{ bib: bib ?? '', firstName: '', lastName: '' }] : [];
    const runners = bib === null ? adults : nameless;
    return runners.map(({ bib: runner, firstName, lastName }) => ({
      ...event,
      ...{ bib: runner, firstName, lastName },
      photoCount: counts.get(`${event.eventId}/${runner}`) ?? 0,
    }));
  });
  return found.slice(0, MOST_FOUND);
}

function listLatestEvents(ctx: Context): Promise<ListedEvent[]> {
  const { id, name, slug, startsAt, timeZone, place } = events;
  return ctx.db
    .select({ eventId: id, eventName: name, eventSlug: slug, startsAt, timeZone, place })
    .from(events)
    .where(and(eq(events.status, 'published'), eq(events.access, 'public'), isNull(events.accessCode)))
    .orderBy(desc(startsAt), desc(id))
    .limit(LATEST_EVENTS);
}

async function listEntries(ctx: Context, eventIds: string[], who: SQL) {
  if (eventIds.length === 0) return [];
  const { eventId, bib, firstName, lastName, isMinor } = startListEntries;
  return ctx.db
    .select({ eventId, bib, firstName, lastName, isMinor })
    .from(startListEntries)
    .where(and(inArray(eventId, eventIds), who, not(refusesPhotos(eventId, bib))))
    .orderBy(bib, startListEntries.id)
    .limit(MOST_ENTRIES);
}

async function countPhotos(ctx: Context, eventIds: string[], bibs: string[]): Promise<Map<string, number>> {
  if (eventIds.length === 0 || bibs.length === 0) return new Map();
  const found = await ctx.db
    .select({ eventId: attributions.eventId, bib: attributions.bib, photos: count() })
    .from(attributions)
    .innerJoin(events, eq(events.id, attributions.eventId))
    .where(and(inArray(attributions.eventId, eventIds), inArray(attributions.bib, bibs), isPublished()))
    .groupBy(attributions.eventId, attributions.bib);
  return new Map(found.map(({ eventId, bib, photos }) => [`${eventId}/${bib}`, Number(photos)]));
}
