import type { Context } from '#context.ts';
import { oncePerWindow } from '#platform/queue/once-per-window.ts';

const WINDOW_SECONDS = 60;

/** Has an event's reads judged together a minute after a photo was read: once for all photos of that minute. For the
 *  transaction that records a reading. */
export async function askJudgement(tx: Context, eventId: string): Promise<void> {
  const options = oncePerWindow(tx.clock, eventId, WINDOW_SECONDS);
  await tx.queue.enqueue(tx.db, 'judge-event', { eventId, why: 'photos' }, options);
}
