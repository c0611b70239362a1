import type { Context } from '#context.ts';
import { oncePerWindow } from '#platform/queue/once-per-window.ts';

/** Long enough for the photos of a burst and the lines of a file to come together, short enough for a person to wait. */
const WINDOW_SECONDS = 5;

/** Has what is to be weighed in an event weighed soon: once for all that changed in these seconds. For the transaction
 *  that marked it. */
export async function askWeighing(tx: Context, eventId: string): Promise<void> {
  const options = oncePerWindow(tx.clock, eventId, WINDOW_SECONDS);
  await tx.queue.enqueue(tx.db, 'weigh-photos', { eventId }, options);
}
