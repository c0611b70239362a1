import { isDeepStrictEqual } from 'node:util';
import { and, count, eq, gte, inArray, isNull, lt } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from '#domain/events/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { bodiesOf } from '#domain/weighing/frame-bodies.ts';
import type { Burst, Frame } from '#domain/weighing/scene.ts';
import type { Clothing } from '#vision/findings.ts';
import { LEAST_MAYBE_PROBABILITY } from './attribution.ts';
import { attributions, clothingSightings } from './tables.ts';

/** Surer than what is published: one wrong sighting speaks on many photos. */
const LEAST_CONFIDENCE = 0.95;
/** What a runner wore is known after a few photos: later ones change nobody's tags. */
const ENOUGH_SIGHTINGS = 3;
/** The doubtful photos of a runner are few; a bound all the same. */
const MOST_DOUBTFUL = 200;

interface Sighting {
  photoId: string;
  bib: string;
  clothing: Clothing;
}

/**
 * Keeps what runners wear on the photos of these bursts where a whole number was surely read on them. Gives the doubtful
 * photos of runners of whom this says something new: they are to be weighed again. It hangs on reads and persons alone, so
 * one weighing never makes the next. For a transaction that holds the photos.
 */
export async function keepClothing(
  tx: Context,
  eventId: string,
  bursts: readonly Burst[],
): Promise<string[]> {
  const photoIds = bursts.flatMap(({ frames }) => frames.map(({ photoId }) => photoId));
  const seen = bursts.flatMap((burst) => burst.frames.flatMap((frame) => sightingsOf(frame, burst)));
  const before = await tx.db
    .select()
    .from(clothingSightings)
    .where(inArray(clothingSightings.photoId, photoIds));
  if (isDeepStrictEqual(before.map(plain).sort(), seen.map(plain).sort())) return [];
  await tx.db.delete(clothingSightings).where(inArray(clothingSightings.photoId, photoIds));
  if (seen.length > 0) {
    const received = await listReceived(tx, photoIds);
    const rows = seen.map((sighting) => {
      const seenAt = received.get(sighting.photoId) ?? tx.clock.now();
      return { ...sighting, eventId, seenAt };
    });
    await tx.db.insert(clothingSightings).values(rows);
  }
  const kept = new Set(before.map(plain));
  const news = seen.filter((sighting) => !kept.has(plain(sighting)));
  return listDoubtful(tx, eventId, [...new Set(news.map(({ bib }) => bib))]);
}

/** Since when what is worn on a photo is known: a later weighing does not keep it for longer. */
async function listReceived(tx: Context, photoIds: string[]): Promise<Map<string, Date>> {
  const rows = await tx.db
    .select({ id: photos.id, receivedAt: photos.receivedAt })
    .from(photos)
    .where(inArray(photos.id, photoIds));
  return new Map(rows.map(({ id, receivedAt }) => [id, receivedAt]));
}

function plain({ photoId, bib, clothing: { upper, lower } }: Sighting): string {
  return JSON.stringify([photoId, bib, upper, lower]);
}

function sightingsOf(frame: Frame, burst: Burst): Sighting[] {
  const listed = new Set(burst.candidates.map(({ bib }) => bib));
  const rejected = new Set(
    frame.decisions.flatMap(({ bib, decision }) => (decision === 'rejected' ? [bib] : [])),
  );
  const seen = new Map<string, Sighting>();
  for (const { clothing, reads } of bodiesOf(frame, [], burst.startListSize)) {
    const bibs = new Set(
      reads.flatMap(({ read, pattern }) =>
        read?.kind === 'sure' && read.confidence >= LEAST_CONFIDENCE && !pattern ? [read.bib] : [],
      ),
    );
    const [bib, second] = [...bibs];
    if (!clothing || bib === undefined || second !== undefined) continue;
    if (listed.has(bib) && !rejected.has(bib)) seen.set(bib, { photoId: frame.photoId, bib, clothing });
  }
  return [...seen.values()];
}

async function listDoubtful(tx: Context, eventId: string, bibs: string[]): Promise<string[]> {
  if (bibs.length === 0) return [];
  const known = await tx.db
    .select({ bib: clothingSightings.bib })
    .from(clothingSightings)
    .where(and(eq(clothingSightings.eventId, eventId), inArray(clothingSightings.bib, bibs)))
    .groupBy(clothingSightings.bib)
    .having(({ bib }) => gte(count(bib), ENOUGH_SIGHTINGS + 1));
  const enough = new Set(known.map(({ bib }) => bib));
  const wanted = bibs.filter((bib) => !enough.has(bib));
  if (wanted.length === 0) return [];
  const found = await tx.db
    .selectDistinct({ photoId: attributions.photoId })
    .from(attributions)
    .innerJoin(events, eq(events.id, attributions.eventId))
    .where(
      and(
        eq(attributions.eventId, eventId),
        inArray(attributions.bib, wanted),
        isNull(attributions.decision),
        gte(attributions.probability, LEAST_MAYBE_PROBABILITY),
        lt(attributions.probability, events.publishThreshold),
      ),
    )
    .orderBy(attributions.photoId)
    .limit(MOST_DOUBTFUL);
  return found.map(({ photoId }) => photoId);
}
