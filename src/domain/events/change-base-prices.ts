import { and, eq, ne } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { events } from './tables.ts';

/** Notes what one original and all of a runner's cost. For the transaction that writes the rest of the offer. Throws conflict
 *  for an archived event. */
export async function changeBasePrices(
  tx: Context,
  input: { eventId: string; photoPriceCents: number; allPhotosPriceCents: number },
): Promise<void> {
  const { eventId, ...prices } = input;
  const changed = await tx.db
    .update(events)
    .set({ ...prices, updatedAt: tx.clock.now() })
    .where(and(eq(events.id, eventId), ne(events.status, 'archived')))
    .returning({ id: events.id });
  if (changed.length === 0) throw new DomainError('conflict', { public: { key: 'events.archived' } });
}
