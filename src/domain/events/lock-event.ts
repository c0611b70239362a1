import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { eventNotFound } from './require-own-event.ts';
import { events } from './tables.ts';

/** Holds the event's row until the transaction ends, so that two imports of the same list follow each other. Rows that
 *  only name the event may be written meanwhile: who holds photos and marks them waits for no import. */
export async function lockEvent(tx: Context, eventId: string): Promise<void> {
  const [event] = await tx.db
    .select({ id: events.id })
    .from(events)
    .where(eq(events.id, eventId))
    .for('no key update');
  if (!event) throw eventNotFound();
}
