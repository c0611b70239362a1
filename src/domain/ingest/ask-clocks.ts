import type { Context } from '#context.ts';
import { oncePerWindow } from '#platform/queue/once-per-window.ts';

const WINDOW_SECONDS = 30;

/** Has an event's clocks solved soon: once for all photos, or all times, of this half minute. For the transaction that
 *  made a photo ready or changed what is expected. */
export async function askClocks(tx: Context, eventId: string, why: 'photos' | 'timing'): Promise<void> {
  const options = oncePerWindow(tx.clock, `${eventId}/${why}`, WINDOW_SECONDS);
  await tx.queue.enqueue(tx.db, 'solve-clocks', { eventId, why }, options);
}
