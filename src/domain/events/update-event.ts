import { isDeepStrictEqual } from 'node:util';
import { and, eq, ne } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { type BibRange, type EventInput, eventSchema, type ParsedEvent } from './event.ts';
import { listEventRaces } from './list-event-races.ts';
import { requireOwnEvent } from './require-own-event.ts';
import { checkpoints, events, photoSpots, races } from './tables.ts';
import { writeEventParts } from './write-event-parts.ts';

/** Prices are no part of it: they change with the rest of the offer. */
type EventUpdate = Omit<EventInput, 'photoPriceCents' | 'allPhotosPriceCents'> & { eventId: string };

/** Replaces what the event says of itself, its races and its places included. Its slug never changes: addresses live on. */
export async function updateEvent(ctx: Context, input: EventUpdate): Promise<void> {
  const event = await requireOwnEvent(ctx, input);
  const { photoPriceCents, allPhotosPriceCents } = event;
  const parsed = parseInput(eventSchema, { ...input, photoPriceCents, allPhotosPriceCents });
  await inTransaction(ctx, async (tx) => {
    const courseBefore = await courseOf(tx, event.id);
    const updated = await tx.db
      .update(events)
      .set({ ...fieldsOf(parsed), updatedAt: tx.clock.now() })
      .where(and(eq(events.id, event.id), ne(events.status, 'archived')))
      .returning({ id: events.id });
    if (updated.length === 0) throw new DomainError('conflict', { public: { key: 'events.archived' } });
    const before = await rangesOf(tx, event.id);
    await writeEventParts(tx, event.id, parsed);
    // Photos that were read before are judged by the new ranges, without being opened.
    if (!isDeepStrictEqual(before, await rangesOf(tx, event.id))) {
      await tx.queue.enqueue(tx.db, 'judge-event', { eventId: event.id, why: 'list' });
    }
    // Who is expected where, and so the clocks, follow from the course.
    if (!isDeepStrictEqual(courseBefore, await courseOf(tx, event.id))) {
      await tx.queue.enqueue(tx.db, 'follow-timing', { eventId: event.id });
    }
    await recordAudit(tx, { action: 'events.update', subjectKind: 'event', subjectId: event.id });
  });
}

function fieldsOf(event: ParsedEvent) {
  const { races: _races, checkpoints: _checkpoints, photoSpots: _spots, ...said } = event;
  const { photoPriceCents: _photo, allPhotosPriceCents: _all, ...fields } = said;
  return fields;
}

async function rangesOf(ctx: Context, eventId: string): Promise<BibRange[][]> {
  const races = await listEventRaces(ctx, { eventId });
  return races.map(({ bibRanges }) => bibRanges);
}

async function courseOf(ctx: Context, eventId: string) {
  const [[event], starts, marks, spots] = await Promise.all([
    ctx.db.select({ startsAt: events.startsAt }).from(events).where(eq(events.id, eventId)),
    ctx.db
      .select({ id: races.id, distance: races.distanceMeters, startsAt: races.startsAt })
      .from(races)
      .where(eq(races.eventId, eventId))
      .orderBy(races.id),
    ctx.db.select().from(checkpoints).where(eq(checkpoints.eventId, eventId)).orderBy(checkpoints.id),
    ctx.db.select().from(photoSpots).where(eq(photoSpots.eventId, eventId)).orderBy(photoSpots.id),
  ]);
  return { event, starts, marks, spots };
}
