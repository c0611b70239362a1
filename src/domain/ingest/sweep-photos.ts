import { and, asc, inArray, lt } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { photos } from '#domain/photos/tables.ts';

const STUCK_AFTER_MINUTES = 10;
const AT_ONCE = 500;

/** Queues again the photos that sat too long, whatever became of their job. Gives how many. */
export async function sweepPhotos(ctx: Context): Promise<number> {
  requireSystem(ctx);
  const stuckSince = new Date(ctx.clock.now().getTime() - STUCK_AFTER_MINUTES * 60_000);
  const stuck = await ctx.db
    .select({ id: photos.id, eventId: photos.eventId })
    .from(photos)
    .where(and(inArray(photos.state, ['received', 'prepared']), lt(photos.receivedAt, stuckSince)))
    .orderBy(asc(photos.receivedAt))
    .limit(AT_ONCE);
  for (const photo of stuck) {
    const options = { shareKey: photo.eventId, singletonKey: photo.id };
    await ctx.queue.enqueue(ctx.db, 'prepare-photo', { photoId: photo.id }, options);
  }
  return stuck.length;
}
