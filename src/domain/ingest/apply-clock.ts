import { sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { findCameraClock } from '#domain/clocks/find-camera-clock.ts';
import { markCameraPhotos } from '#domain/matching/mark-camera-photos.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { setTrueTimes } from '#domain/photos/set-true-times.ts';

/** Puts a camera's photos in order by the clock that is known now, and has them weighed again. Safe to run twice. */
export async function applyClock(ctx: Context, input: { eventId: string; cameraKey: string }): Promise<void> {
  requireSystem(ctx);
  await inTransaction(ctx, async (tx) => {
    // Of two at once, the later one reads what is known when the first has ended, and not before.
    const turn = `apply-clock/${input.eventId}/${input.cameraKey}`;
    await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${turn}, 0))`);
    const clock = await findCameraClock(tx, input);
    if (!clock) return;
    await setTrueTimes(tx, { ...input, clock });
    await markCameraPhotos(tx, input);
  });
}
