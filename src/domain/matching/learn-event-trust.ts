import { and, asc, eq, exists, isNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { getPhotoCounts } from '#domain/photos/get-photo-counts.ts';
import { photos } from '#domain/photos/tables.ts';
import { learnTrust } from '#domain/weighing/learn-trust.ts';
import type { EventTrust } from '#domain/weighing/scene.ts';
import type { EventScale } from './event-scale.ts';
import { findBursts } from './find-bursts.ts';
import { gatherBursts } from './gather-bursts.ts';
import { markReadyPhotos } from './mark-photos-to-weigh.ts';
import { bibReads, eventTrust } from './tables.ts';

/** Before that, what was fitted beforehand says more than the event. */
const LEAST_PHOTOS = 100;
/** Learnt again when the event has so many times the photos: all lessons together then cost no more than twice the last. */
const GROWTH = 2;
/** Photos with a sure read, each with its burst. Ids are random, so the first ones are a fair sample. */
const SAMPLE = 150;
/** A smaller change moves no probability that anybody sees. */
const LEAST_CHANGE = 0.05;

/** Learns from an event that has grown how far its clues hold; what changes much has all its photos weighed again. For a
 *  transaction in which nobody else weighs the event. */
export async function learnEventTrust(tx: Context, scale: EventScale): Promise<void> {
  const { eventId } = scale;
  const ofEvent = and(eq(photos.eventId, eventId), eq(photos.state, 'ready'));
  const { ready: learntFrom } = await getPhotoCounts(tx, { eventId });
  const [known] = await tx.db.select().from(eventTrust).where(eq(eventTrust.eventId, eventId));
  if (learntFrom < (known ? known.learntFrom * GROWTH : LEAST_PHOTOS)) return;
  const isSure = and(eq(bibReads.photoId, photos.id), eq(bibReads.kind, 'sure'), isNull(bibReads.partial));
  const sample = await tx.db
    .select({ id: photos.id })
    .from(photos)
    .where(and(ofEvent, exists(tx.db.select().from(bibReads).where(isSure))))
    .orderBy(asc(photos.id))
    .limit(SAMPLE);
  const bursts = await findBursts(tx, { eventId, photoIds: sample.map(({ id }) => id) });
  const trust = learnTrust(await gatherBursts(tx, scale, bursts));
  const row = { ...trust, learntFrom, learntAt: tx.clock.now() };
  await tx.db
    .insert(eventTrust)
    .values({ eventId, ...row })
    .onConflictDoUpdate({ target: eventTrust.eventId, set: row });
  if (isMuchElse(scale.trust, trust)) await markReadyPhotos(tx, { eventId });
}

function isMuchElse(before: EventTrust, after: EventTrust): boolean {
  const clues = ['timing', 'neighbour', 'clothing'] as const;
  return clues.some((clue) => Math.abs(before[clue] - after[clue]) > LEAST_CHANGE);
}
