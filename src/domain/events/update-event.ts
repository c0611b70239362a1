import { isDeepStrictEqual } from 'node:util';
import { and, eq, ne } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { type BibRange, type EventInput, eventSchema } from './event.ts';
import { listEventRaces } from './list-event-races.ts';
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
    const before = await rangesOf(tx, event.id);
    await writeEventParts(tx, event.id, parsed);
    // Photos that were read before are judged by the new ranges, without being opened.
    if (!isDeepStrictEqual(before, await rangesOf(tx, event.id))) {
      await tx.queue.enqueue(tx.db, 'judge-event', { eventId: event.id, why: 'list' });
    }
    await recordAudit(tx, { action: 'events.update', subjectKind: 'event', subjectId: event.id });
  });
}

async function rangesOf(ctx: Context, eventId: string): Promise<BibRange[][]> {
  const races = await listEventRaces(ctx, { eventId });
  return races.map(({ bibRanges }) => bibRanges);
}
