import { and, eq, ne } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { events } from './tables.ts';

/** Notes from which probability an event's tags are published. For the transaction that publishes them anew. Throws conflict
 *  for an archived event. */
export async function changePublishThreshold(
  tx: Context,
  input: { eventId: string; publishThreshold: number },
): Promise<void> {
  const { eventId, publishThreshold } = input;
  const changed = await tx.db
    .update(events)
    .set({ publishThreshold, updatedAt: tx.clock.now() })
    .where(and(eq(events.id, eventId), ne(events.status, 'archived')))
    .returning({ id: events.id });
  if (changed.length === 0) throw new DomainError('conflict', { public: { key: 'events.archived' } });
}
