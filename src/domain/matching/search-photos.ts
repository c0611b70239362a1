import { and, count, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { mayVisit } from '#domain/events/closed-event.ts';
import { findEvent } from '#domain/events/require-own-event.ts';
import { events } from '#domain/events/tables.ts';
import { findVisiblePhotos } from '#domain/photos/find-visible-photos.ts';
import type { GalleryPhoto } from '#domain/photos/photo.ts';
import { findRunner } from '#domain/timing/find-runner.ts';
import { findRunnersByName } from '#domain/timing/find-runners-by-name.ts';
import { mayBeFound } from '#domain/timing/select-runners.ts';
import type { Runner } from '#domain/timing/start-list.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import { parseInput } from '#platform/parse-input.ts';
import { LEAST_MAYBE_PROBABILITY } from './attribution.ts';
import { isPublished, listAttributedPhotoIds, listDoubtedPhotoIds } from './find-attributed-photos.ts';
import { listRunnerPhotos } from './list-runner-photos.ts';
import { listSeenBibs } from './list-seen-bibs.ts';
import { listNearBibs, readBibQuery } from './near-bibs.ts';
import { attributions } from './tables.ts';

export const searchPhotosSchema = z.object({
  eventId: z.uuid(),
  /** A bib, or a part of a name. */
  query: z.string().max(100),
});

const MOST_RUNNERS = 20;
const MOST_NEAR_BIBS = 6;

export type PhotoSearch =
  | {
      kind: 'bib';
      bib: string;
      runners: Runner[];
      sure: GalleryPhoto[];
      maybe: GalleryPhoto[];
      /** Other bibs with photos, one slip away from the asked one. */
      nearBibs: string[];
    }
  /** `more`: others bear the name too, whom a longer name would tell apart. */
  | { kind: 'runners'; runners: (Runner & { photoCount: number })[]; more: boolean }
  | { kind: 'nothing' };

/** Photos of a published event by bib or name. A misread bib is found through its neighbours. Its cost does not depend on the event's size. */
export async function searchPhotos(
  ctx: Context,
  input: z.input<typeof searchPhotosSchema>,
): Promise<PhotoSearch> {
  const { eventId, query } = parseInput(searchPhotosSchema, input);
  const event = await findEvent(ctx, eventId);
  if (!event || !mayVisit(ctx, event)) return { kind: 'nothing' };
  const bib = readBibQuery(query);
  return bib === null ? searchByName(ctx, eventId, query) : searchByBib(ctx, eventId, bib);
}

async function searchByBib(ctx: Context, eventId: string, bib: string): Promise<PhotoSearch> {
  const runners = await findRunner(ctx, { eventId, bib });
  const { photos: sure } = await listRunnerPhotos(ctx, { eventId, bib });
  const { misread, nearBibs } = await findNeighbours(ctx, eventId, bib);
  const maybeIds = new Set([
    ...(await listDoubtedPhotoIds(ctx, { eventId, bibs: [bib], leastProbability: LEAST_MAYBE_PROBABILITY })),
    ...(await listAttributedPhotoIds(ctx, { eventId, bibs: misread })),
    // Outside the start list a read is doubted so much that its own threshold would hide it.
    ...(await listDoubtedPhotoIds(ctx, { eventId, bibs: misread, leastProbability: 0 })),
  ]);
  for (const photo of sure) maybeIds.delete(photo.id);
  const maybe = await findVisiblePhotos(ctx, { eventId, photoIds: [...maybeIds] });
  if (runners.length + sure.length + maybe.length + nearBibs.length === 0) return { kind: 'nothing' };
  return { kind: 'bib', bib, runners, sure, maybe, nearBibs };
}

/** Bibs read in this event one slip away: nobody's own, so probably misread; or somebody's, and then only a hint. */
async function findNeighbours(
  ctx: Context,
  eventId: string,
  bib: string,
): Promise<{ misread: string[]; nearBibs: string[] }> {
  const seen = await listSeenBibs(ctx, { eventId, bibs: listNearBibs(bib) });
  const bibs = seen.map((row) => row.bib);
  if (bibs.length === 0) return { misread: [], nearBibs: [] };
  const listed = await ctx.db
    .selectDistinct({ bib: startListEntries.bib })
    .from(startListEntries)
    .where(and(mayBeFound(eventId), inArray(startListEntries.bib, [bib, ...bibs])));
  const own = new Set(listed.map((row) => row.bib));
  // Only a bib of the start list can have been misread as one that is not on it.
  const misread = own.has(bib) ? bibs.filter((candidate) => !own.has(candidate)) : [];
  const others = seen.filter((row) => row.published && !misread.includes(row.bib)).map((row) => row.bib);
  return { misread, nearBibs: others.sort().slice(0, MOST_NEAR_BIBS) };
}

async function searchByName(ctx: Context, eventId: string, name: string): Promise<PhotoSearch> {
  if (name.trim() === '') return { kind: 'nothing' };
  const runners = await findRunnersByName(ctx, { eventId, name, limit: MOST_RUNNERS });
  if (runners.length === 0) return { kind: 'nothing' };
  const counts = await countPublished(
    ctx,
    eventId,
    runners.map((runner) => runner.bib),
  );
  return {
    kind: 'runners',
    more: runners.length === MOST_RUNNERS,
    runners: runners.map((runner) => ({ ...runner, photoCount: counts.get(runner.bib) ?? 0 })),
  };
}

async function countPublished(ctx: Context, eventId: string, bibs: string[]): Promise<Map<string, number>> {
  if (bibs.length === 0) return new Map();
  const found = await ctx.db
    .select({ bib: attributions.bib, photos: count() })
    .from(attributions)
    .innerJoin(events, eq(events.id, attributions.eventId))
    .where(and(eq(attributions.eventId, eventId), inArray(attributions.bib, bibs), isPublished()))
    .groupBy(attributions.bib);
  return new Map(found.map((row) => [row.bib, Number(row.photos)]));
}
