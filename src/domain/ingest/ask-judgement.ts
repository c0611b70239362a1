import type { Context } from '#context.ts';

const WINDOW_SECONDS = 60;

/** Has an event's reads judged together a minute after a photo was read: once for all photos of that minute. For the
 *  transaction that records a reading. */
export async function askJudgement(tx: Context, eventId: string): Promise<void> {
  const window = Math.floor(tx.clock.now().getTime() / (WINDOW_SECONDS * 1000));
  const options = { runAfterSeconds: WINDOW_SECONDS, singletonKey: `${eventId}/${window}` };
  await tx.queue.enqueue(tx.db, 'judge-event', { eventId, why: 'photos' }, options);
}
