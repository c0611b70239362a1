import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { DomainError } from '#platform/errors.ts';

/** Has everything that clocks rest on worked out anew for an own event, then the clocks. A person's word stays. */
export async function solveClocksAgain(ctx: Context, input: { eventId: string }): Promise<void> {
  const event = await requireOwnEvent(ctx, input);
  if (event.status === 'archived') throw new DomainError('conflict', { public: { key: 'events.archived' } });
  await inTransaction(ctx, async (tx) => {
    const eventId = event.id;
    await tx.queue.enqueue(tx.db, 'follow-timing', { eventId });
    const why = 'timing';
    await tx.queue.enqueue(tx.db, 'solve-clocks', { eventId, why }, { runAfterSeconds: 3 });
    await recordAudit(tx, { action: 'clocks.solve', subjectKind: 'event', subjectId: eventId });
  });
}
