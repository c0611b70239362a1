import { asc, eq, inArray, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { holdPhotos } from '#domain/photos/hold-photos.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { photos } from '#domain/photos/tables.ts';
import { weighBurst } from '#domain/weighing/weigh-burst.ts';
import { askWeighing } from './ask-weighing.ts';
import { type EventScale, readScale } from './event-scale.ts';
import { findBursts, type Shot } from './find-bursts.ts';
import { gatherBursts } from './gather-bursts.ts';
import { keepClothing } from './keep-clothing.ts';
import { learnEventTrust } from './learn-event-trust.ts';
import { markPhotosToWeigh } from './mark-photos-to-weigh.ts';
import { publishBibs } from './publish-bibs.ts';
import { storeWeighed } from './store-weighed.ts';
import { photosToWeigh } from './tables.ts';

/** A transaction holds the bursts of so many, as long as they are not many frames: half a second of work. */
const PHOTOS_AT_ONCE = 24;
const FRAMES_AT_ONCE = 240;
/** Then the event's turn is over and it asks for another. */
const MOST_TURNS = 100;

/**
 * Weighs an event's photos whose evidence changed, each with its whole burst; gives how many it weighed. Safe to run twice and
 * at once: what is weighed already is weighed to the same, and an event's bursts are written one after the other.
 */
export async function weighPhotos(ctx: Context, input: { eventId: string }): Promise<number> {
  requireSystem(ctx);
  const { eventId } = input;
  let weighed = 0;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const { photoCount, more } = await inTransaction(ctx, (tx) => weighSome(tx, eventId));
    weighed += photoCount;
    if (!more) {
      await inTransaction(ctx, async (tx) => {
        await takeTurn(tx, eventId);
        await learnEventTrust(tx, await readScale(tx, eventId));
      });
      return weighed;
    }
  }
  await inTransaction(ctx, (tx) => askWeighing(tx, eventId));
  return weighed;
}

/** `more` is false when what is asked for by now has a later job of its own. */
async function weighSome(tx: Context, eventId: string): Promise<{ photoCount: number; more: boolean }> {
  await takeTurn(tx, eventId);
  const asked = await tx.db
    .select({ id: photosToWeigh.photoId })
    .from(photosToWeigh)
    .where(eq(photosToWeigh.eventId, eventId))
    .orderBy(asc(photosToWeigh.askedAt), asc(photosToWeigh.photoId))
    .limit(PHOTOS_AT_ONCE);
  if (asked.length === 0) return { photoCount: 0, more: false };
  const askedIds = asked.map(({ id }) => id);
  const found = await findBursts(tx, { eventId, photoIds: askedIds });
  const bursts = firstFrames(found);
  const later = new Set(found.slice(bursts.length).flatMap(idsOf));
  const now = new Set([...bursts.flatMap(idsOf), ...askedIds.filter((id) => !later.has(id))]);
  await holdPhotos(tx, inArray(photos.id, [...now]));
  // Before anything is read, the scale too: what is asked for from here on is asked for anew.
  await dropMarks(tx, [...now]);
  const doubtful = await weighBursts(tx, await readScale(tx, eventId), bursts);
  await markPhotosToWeigh(tx, { eventId, photoIds: doubtful });
  const more = asked.length === PHOTOS_AT_ONCE || later.size > 0 || doubtful.length > 0;
  return { photoCount: askedIds.filter((id) => now.has(id)).length, more };
}

function idsOf(burst: readonly Shot[]): string[] {
  return burst.map(({ id }) => id);
}

function firstFrames(bursts: Shot[][]): Shot[][] {
  let frames = 0;
  const end = bursts.findIndex((burst, at) => {
    frames += burst.length;
    return at > 0 && frames > FRAMES_AT_ONCE;
  });
  return end === -1 ? bursts : bursts.slice(0, end);
}

/** Gives the photos that are to be weighed again for what these tell of clothing. */
async function weighBursts(tx: Context, scale: EventScale, bursts: Shot[][]): Promise<string[]> {
  const { eventId } = scale;
  const gathered = await gatherBursts(tx, scale, bursts);
  const weighed = gathered.flatMap((burst) => weighBurst(burst, scale.trust));
  const photoIds = bursts.flatMap(idsOf);
  const changed = new Set(await storeWeighed(tx, { eventId, photoIds, weighed }));
  // What a person's word on a photo is worth hangs on its neighbours.
  const touched = bursts.map(idsOf).filter((ids) => ids.some((id) => changed.has(id)));
  await publishBibs(tx, touched.flat());
  return keepClothing(tx, eventId, gathered);
}

/** One after the other within an event, whichever process it is. */
async function takeTurn(tx: Context, eventId: string): Promise<void> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`weigh/${eventId}`}, 0))`);
}

/** In the order in which marks are made. Held first and dropped by their ids: in one statement a database that knows too little
 *  of a table so short-lived goes through all of it each time. */
async function dropMarks(tx: Context, photoIds: string[]): Promise<void> {
  const marks = await tx.db
    .select({ id: photosToWeigh.photoId })
    .from(photosToWeigh)
    .where(inArray(photosToWeigh.photoId, photoIds))
    .orderBy(asc(photosToWeigh.photoId))
    .for('update');
  const ids = marks.map(({ id }) => id);
  if (ids.length > 0) await tx.db.delete(photosToWeigh).where(inArray(photosToWeigh.photoId, ids));
}
