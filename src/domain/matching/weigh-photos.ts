import { asc, eq, inArray, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { photos } from '#domain/photos/tables.ts';
import { weighBurst } from '#domain/weighing/weigh-burst.ts';
import { askWeighing } from './ask-weighing.ts';
import { type EventScale, readScale } from './event-scale.ts';
import { findBursts } from './find-bursts.ts';
import { gatherBursts } from './gather-bursts.ts';
import { keepClothing } from './keep-clothing.ts';
import { learnEventTrust } from './learn-event-trust.ts';
import { markPhotosToWeigh } from './mark-photos-to-weigh.ts';
import { publishBibs } from './publish-bibs.ts';
import { storeWeighed } from './store-weighed.ts';
import { photosToWeigh } from './tables.ts';

/** A transaction holds the photos of so many and of their bursts: a quarter of a second of work. */
const PHOTOS_AT_ONCE = 24;
/** Then the event's turn is over and it asks for another. */
const MOST_TURNS = 100;

/**
 * Weighs an event's photos whose evidence changed, each with its whole burst; gives how many it weighed. Safe to run twice and
 * at once: what is weighed already is weighed to the same, and an event's bursts are written one after the other.
 */
export async function weighPhotos(ctx: Context, input: { eventId: string }): Promise<number> {
  requireSystem(ctx);
  const scale = await readScale(ctx, input.eventId);
  let weighed = 0;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const { photoCount, more } = await inTransaction(ctx, (tx) => weighSome(tx, scale));
    weighed += photoCount;
    if (!more) {
      await inTransaction(ctx, async (tx) => {
        await takeTurn(tx, input.eventId);
        await learnEventTrust(tx, scale);
      });
      return weighed;
    }
  }
  await inTransaction(ctx, (tx) => askWeighing(tx, input.eventId));
  return weighed;
}

/** `more` is false when what is asked for by now has a later job of its own. */
async function weighSome(tx: Context, scale: EventScale): Promise<{ photoCount: number; more: boolean }> {
  const { eventId } = scale;
  await takeTurn(tx, eventId);
  const asked = await tx.db
    .select({ photoId: photosToWeigh.photoId, askedAt: photosToWeigh.askedAt })
    .from(photosToWeigh)
    .where(eq(photosToWeigh.eventId, eventId))
    .orderBy(asc(photosToWeigh.askedAt), asc(photosToWeigh.photoId))
    .limit(PHOTOS_AT_ONCE);
  if (asked.length === 0) return { photoCount: 0, more: false };
  const askedIds = asked.map(({ photoId }) => photoId);
  const bursts = await findBursts(tx, { eventId, photoIds: askedIds });
  const photoIds = bursts.flatMap((burst) => burst.map(({ id }) => id));
  await holdPhotos(tx, [...photoIds, ...askedIds]);
  // Before anything is read: what is asked for from here on is asked for anew.
  await tx.db
    .delete(photosToWeigh)
    .where(inArray(photosToWeigh.photoId, [...new Set([...photoIds, ...askedIds])]));
  const gathered = await gatherBursts(tx, scale, bursts);
  const weighed = gathered.flatMap((burst) => weighBurst(burst, scale.trust));
  const changed = new Set(await storeWeighed(tx, { eventId, photoIds, weighed }));
  // What a person's word on a photo is worth hangs on its neighbours.
  const touched = bursts.filter((burst) => burst.some(({ id }) => changed.has(id)));
  await publishBibs(
    tx,
    touched.flatMap((burst) => burst.map(({ id }) => id)),
  );
  const doubtful = await keepClothing(tx, eventId, gathered);
  await markPhotosToWeigh(tx, { eventId, photoIds: doubtful });
  return { photoCount: asked.length, more: asked.length === PHOTOS_AT_ONCE || doubtful.length > 0 };
}

/** One after the other within an event, whichever process it is. */
async function takeTurn(tx: Context, eventId: string): Promise<void> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`weigh/${eventId}`}, 0))`);
}

/** In one order, so that two who hold several wait for each other and never both. */
async function holdPhotos(tx: Context, photoIds: string[]): Promise<void> {
  await tx.db
    .select({ id: photos.id })
    .from(photos)
    .where(inArray(photos.id, photoIds))
    .orderBy(asc(photos.id))
    .for('no key update');
}
