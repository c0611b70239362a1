import type { Context } from '#context.ts';

const WINDOW_SECONDS = 30;

/** Has an event's clocks solved soon: once for all photos, or all times, of this half minute. For the transaction that
 *  made a photo ready or changed what is expected. */
export async function askClocks(tx: Context, eventId: string, why: 'photos' | 'timing'): Promise<void> {
  const window = Math.floor(tx.clock.now().getTime() / (WINDOW_SECONDS * 1000));
  const options = { runAfterSeconds: WINDOW_SECONDS, singletonKey: `${eventId}/${why}/${window}` };
  await tx.queue.enqueue(tx.db, 'solve-clocks', { eventId, why }, options);
}
