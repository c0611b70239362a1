import type { Context } from '#context.ts';

/** Long enough for the photos of a burst and the lines of a file to come together, short enough for a person to wait. */
const WINDOW_SECONDS = 5;

/** Has what is to be weighed in an event weighed soon: once for all that changed in these seconds. For the transaction
 *  that marked it. */
export async function askWeighing(tx: Context, eventId: string): Promise<void> {
  const window = Math.floor(tx.clock.now().getTime() / (WINDOW_SECONDS * 1000));
  const options = { runAfterSeconds: WINDOW_SECONDS, singletonKey: `${eventId}/${window}` };
  await tx.queue.enqueue(tx.db, 'weigh-photos', { eventId }, options);
}
