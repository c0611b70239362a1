import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { mayComputeFaces } from '#domain/events/may-compute-faces.ts';
import { events } from '#domain/events/tables.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { photos } from '#domain/photos/tables.ts';
import type { Recognition } from '#platform/recognition/recognition.ts';
import { indexedPhotos } from './tables.ts';

const AT_ONCE = 1000;

/**
 * Deletes at the recogniser the collections of events that are gone or whose face mode has closed, and the faces of photos
 * that are gone. A row is forgotten only after its faces are, so what fails is done by the next sweep. Gives how many photos.
 */
export async function sweepIndexedPhotos(ctx: Context): Promise<number> {
  requireSystem(ctx);
  const { recognition } = ctx;
  if (!recognition) {
    const left = await ctx.db.$count(indexedPhotos);
    if (left > 0) ctx.log.warn({ photos: left }, 'faces stand at a recogniser that is not in use: AI_ENGINE');
    return 0;
  }
  let swept = 0;
  let last: string | null = null;
  for (;;) {
    const page: { eventId: string }[] = await ctx.db
      .selectDistinct({ eventId: indexedPhotos.eventId })
      .from(indexedPhotos)
      .where(last === null ? undefined : gt(indexedPhotos.eventId, last))
      .orderBy(asc(indexedPhotos.eventId))
      .limit(AT_ONCE);
    for (const { eventId } of page) {
      swept += await sweepEvent(ctx, recognition, eventId);
      last = eventId;
    }
    if (page.length < AT_ONCE) return swept;
  }
}

async function sweepEvent(ctx: Context, recognition: Recognition, eventId: string): Promise<number> {
  const [event] = await ctx.db.select().from(events).where(eq(events.id, eventId));
  if (event && ctx.config.aiFaceIndexEnabled && mayComputeFaces(event, ctx.clock.now())) {
    return sweepPhotosOf(ctx, recognition, eventId);
  }
  await recognition.deleteCollection(eventId);
  const gone = await ctx.db
    .delete(indexedPhotos)
    .where(eq(indexedPhotos.eventId, eventId))
    .returning({ photoId: indexedPhotos.photoId });
  return gone.length;
}

async function sweepPhotosOf(ctx: Context, recognition: Recognition, eventId: string): Promise<number> {
  const gone = await ctx.db
    .select({ photoId: indexedPhotos.photoId })
    .from(indexedPhotos)
    .leftJoin(photos, eq(photos.id, indexedPhotos.photoId))
    .where(and(eq(indexedPhotos.eventId, eventId), isNull(photos.id)))
    .limit(AT_ONCE);
  const photoIds = gone.map(({ photoId }) => photoId);
  if (photoIds.length === 0) return 0;
  await recognition.deleteFaces(eventId, photoIds);
  await ctx.db.delete(indexedPhotos).where(inArray(indexedPhotos.photoId, photoIds));
  return photoIds.length;
}
