import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { addCheckpoints } from '#domain/events/add-checkpoints.ts';
import { lockEvent } from '#domain/events/lock-event.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { DomainError } from '#platform/errors.ts';
import { chunksOf } from './chunks-of.ts';
import { diffPassages } from './diff-passages.ts';
import { listExisting, planPassages, type WantedPassage } from './plan-passages.ts';
import { passages } from './tables.ts';

export interface PassagesImported {
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
  refused: number;
}

/** Makes the event's passages at the checkpoints of a file what the file says, all or nothing; those that the file has not
 *  stay, unless `removeMissing`. Safe to run twice: the second run changes nothing. */
export async function importPassages(
  ctx: Context,
  input: { eventId: string; bytes: Buffer; removeMissing?: boolean },
): Promise<PassagesImported> {
  const event = await requireOwnEvent(ctx, input);
  if (event.status === 'archived') throw new DomainError('conflict', { public: { key: 'events.archived' } });
  return inTransaction(ctx, async (tx) => {
    await lockEvent(tx, event.id);
    const plan = await planPassages(tx, input);
    const fresh = plan.places.filter(({ id }) => id === null);
    const made = await addCheckpoints(tx, { eventId: event.id, places: fresh });
    const idOf = plan.places.map((place) => place.id ?? made[fresh.indexOf(place)]?.id ?? '');
    const diff = diffPassages(await listExisting(tx, event.id), plan);
    const removed = input.removeMissing ? diff.missing.map(({ id }) => id) : [];
    const rowOf = (id: string, { checkpoint, ...passage }: WantedPassage) => ({
      ...passage,
      id,
      checkpointId: idOf[checkpoint],
      source: plan.format,
    });
    await removePassages(tx, event.id, removed);
    await changePassages(
      tx,
      event.id,
      diff.changed.map(({ id, after }) => rowOf(id, after)),
    );
    await addPassages(
      tx,
      event.id,
      diff.added.map((after) => rowOf(tx.random.id(), after)),
    );
    await followTiming(tx, event.id, [
      ...diff.added.map(({ bib }) => bib),
      ...diff.changed.map(({ before }) => before.bib),
      ...(input.removeMissing ? diff.missing.map(({ bib }) => bib) : []),
    ]);
    const counts = { added: diff.added.length, changed: diff.changed.length, removed: removed.length };
    await recordAudit(tx, {
      action: 'timing.import-passages',
      subjectKind: 'event',
      subjectId: event.id,
      details: counts,
    });
    return { ...counts, unchanged: diff.unchanged, refused: plan.issues.length };
  });
}

/** Past these many, everybody is looked at: a job should stay small. */
const MOST_FOLLOWED = 2000;

async function followTiming(tx: Context, eventId: string, changed: string[]): Promise<void> {
  const bibs = [...new Set(changed)];
  if (bibs.length === 0) return;
  const data = bibs.length > MOST_FOLLOWED ? { eventId } : { eventId, bibs };
  await tx.queue.enqueue(tx.db, 'follow-timing', data);
}

type Row = Omit<WantedPassage, 'checkpoint'> & {
  id: string;
  checkpointId: string | undefined;
  source: string;
};

async function removePassages(tx: Context, eventId: string, ids: string[]): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    await tx.db.delete(passages).where(and(eq(passages.eventId, eventId), inArray(passages.id, chunk)));
  }
}

async function addPassages(tx: Context, eventId: string, rows: Row[]): Promise<void> {
  const now = tx.clock.now().toISOString();
  for (const chunk of chunksOf(rows)) {
    await tx.db.execute(sql`
      insert into passages (id, event_id, race_id, bib, checkpoint_id, lap, at, kind, source, precision_ms, imported_at)
      select id, ${eventId}::uuid, "raceId", bib, "checkpointId", lap, at, kind, source, "precisionMs", ${now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as row (${sql.raw(ROW_TYPE)})`);
  }
}

async function changePassages(tx: Context, eventId: string, rows: Row[]): Promise<void> {
  const now = tx.clock.now().toISOString();
  for (const chunk of chunksOf(rows)) {
    await tx.db.execute(sql`
      update passages as passage
      set at = row.at, kind = row.kind, source = row.source, precision_ms = row."precisionMs", imported_at = ${now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as row (${sql.raw(ROW_TYPE)})
      where passage.id = row.id and passage.event_id = ${eventId}::uuid`);
  }
}

const ROW_TYPE = `id uuid, "raceId" uuid, bib text, "checkpointId" uuid, lap integer, at timestamptz, kind text,
  source text, "precisionMs" integer`;
