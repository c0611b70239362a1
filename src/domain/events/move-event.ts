import { and, eq, inArray } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { DomainError } from '#platform/errors.ts';
import { EVENT_TRANSITIONS, type EventTransition } from './event.ts';
import { requireOwnEvent } from './require-own-event.ts';
import { events } from './tables.ts';

/** Moves an own event along its transition table. Throws conflict when it is not in a state that allows it. */
export async function moveEvent(ctx: Context, eventId: string, transition: EventTransition): Promise<void> {
  const event = await requireOwnEvent(ctx, { eventId });
  const { from, to } = EVENT_TRANSITIONS[transition];
  const now = ctx.clock.now();
  await inTransaction(ctx, async (tx) => {
    const moved = await tx.db
      .update(events)
      .set({
        status: to,
        updatedAt: now,
        ...(transition === 'publish' ? { publishedAt: event.publishedAt ?? now } : {}),
      })
      .where(and(eq(events.id, event.id), inArray(events.status, [...from])))
      .returning({ id: events.id });
    if (moved.length === 0) throw new DomainError('conflict', { public: { key: 'events.wrongState' } });
    await recordAudit(tx, { action: `events.${transition}`, subjectKind: 'event', subjectId: event.id });
  });
}
