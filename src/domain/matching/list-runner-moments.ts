import { and, asc, eq, exists, inArray, not } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { refusesPhotos } from '#domain/timing/refuses-photos.ts';
import { expectedPassages, startListEntries } from '#domain/timing/tables.ts';
import { listPhotoPlaces, type PhotoPlace } from './photo-places.ts';

const MOST_MOMENTS = 12;

export interface RunnerMoment extends PhotoPlace {
  expectedAt: Date;
}

/** When timing expects a runner where photos were taken, in the order of the day; empty when it does not know the
 *  runner, for one who refuses photos, and for a minor: where a child can be met is nobody's to ask. */
export async function listRunnerMoments(
  ctx: Context,
  input: { eventId: string; bib: string },
): Promise<RunnerMoment[]> {
  const { eventId, bib } = input;
  const places = new Map((await listPhotoPlaces(ctx, { eventId })).map((place) => [place.placeId, place]));
  if (places.size === 0) return [];
  const { placeId, expectedAt } = expectedPassages;
  const minor = ctx.db
    .select({ id: startListEntries.id })
    .from(startListEntries)
    .where(
      and(
        eq(startListEntries.eventId, eventId),
        eq(startListEntries.bib, bib),
        eq(startListEntries.isMinor, true),
      ),
    );
  const expected = await ctx.db
    .select({ placeId, expectedAt })
    .from(expectedPassages)
    .where(
      and(
        eq(expectedPassages.eventId, eventId),
        eq(expectedPassages.bib, bib),
        inArray(placeId, [...places.keys()]),
        not(refusesPhotos(eventId, bib)),
        not(exists(minor)),
      ),
    )
    .orderBy(asc(expectedAt))
    .limit(MOST_MOMENTS);
  return expected.flatMap((passage) => {
    const place = places.get(passage.placeId);
    return place ? [{ ...place, expectedAt: passage.expectedAt }] : [];
  });
}
