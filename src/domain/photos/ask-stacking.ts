import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { oncePerWindow } from '#platform/queue/once-per-window.ts';
import { photos } from './tables.ts';

/** The frames of a burst are read within that time, and their tags weighed together. */
const WINDOW_SECONDS = 30;

/** Has a ready photo put into its stack soon. For the transaction that made it ready or read it anew. */
export async function askStack(tx: Context, input: { eventId: string; photoId: string }): Promise<void> {
  await tx.db
    .update(photos)
    .set({ stackAskedAt: tx.clock.now() })
    .where(and(eq(photos.id, input.photoId), eq(photos.state, 'ready')));
  await askStacking(tx, input.eventId);
}

/** Has the photos of an event that wait for it put into their stacks: once for all that were marked in half a minute. */
export async function askStacking(tx: Context, eventId: string): Promise<void> {
  const options = oncePerWindow(tx.clock, eventId, WINDOW_SECONDS);
  await tx.queue.enqueue(tx.db, 'stack-photos', { eventId }, options);
}
