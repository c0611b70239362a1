import { and, asc, eq, inArray, not } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { refusesPhotos } from '#domain/timing/refuses-photos.ts';
import { expectedPassages } from '#domain/timing/tables.ts';
import { listPhotoPlaces, type PhotoPlace } from './photo-places.ts';

const MOST_MOMENTS = 12;

export interface RunnerMoment extends PhotoPlace {
  expectedAt: Date;
}

/** When timing expects a runner where photos were taken, in the order of the day; empty when it does not know the
 *  runner, and for one who refuses photos. */
export async function listRunnerMoments(
  ctx: Context,
  input: { eventId: string; bib: string },
): Promise<RunnerMoment[]> {
  const { eventId, bib } = input;
  const places = new Map((await listPhotoPlaces(ctx, { eventId })).map((place) => [place.placeId, place]));
  if (places.size === 0) return [];
  const { placeId, expectedAt } = expectedPassages;
  const expected = await ctx.db
    .select({ placeId, expectedAt })
    .from(expectedPassages)
    .where(
      and(
        eq(expectedPassages.eventId, eventId),
        eq(expectedPassages.bib, bib),
        inArray(placeId, [...places.keys()]),
        not(refusesPhotos(eventId, bib)),
      ),
    )
    .orderBy(asc(expectedAt))
    .limit(MOST_MOMENTS);
  return expected.flatMap((passage) => {
    const place = places.get(passage.placeId);
    return place ? [{ ...place, expectedAt: passage.expectedAt }] : [];
  });
}
