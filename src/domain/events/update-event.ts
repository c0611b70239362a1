import { and, eq, ne } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { type EventInput, eventSchema } from './event.ts';
import { requireOwnEvent } from './require-own-event.ts';
import { events } from './tables.ts';
import { writeEventParts } from './write-event-parts.ts';

/** Replaces what the event says of itself, its races and its places included. Its slug never changes: addresses live on. */
export async function updateEvent(ctx: Context, input: EventInput & { eventId: string }): Promise<void> {
  const event = await requireOwnEvent(ctx, input);
  const parsed = parseInput(eventSchema, input);
  const { races, checkpoints, photoSpots, ...fields } = parsed;
  await inTransaction(ctx, async (tx) => {
    const updated = await tx.db
      .update(events)
      .set({ ...fields, updatedAt: tx.clock.now() })
      .where(and(eq(events.id, event.id), ne(events.status, 'archived')))
      .returning({ id: events.id });
    if (updated.length === 0) throw new DomainError('conflict', { public: { key: 'events.archived' } });
    await writeEventParts(tx, event.id, parsed);
    await recordAudit(tx, { action: 'events.update', subjectKind: 'event', subjectId: event.id });
  });
}
