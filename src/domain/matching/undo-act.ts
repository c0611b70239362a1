import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { users } from '#domain/accounts/tables.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { markPhotosToWeigh } from './mark-photos-to-weigh.ts';
import { lockPhotos, readPhotoMarks } from './photo-marks.ts';
import { publishBibs } from './publish-bibs.ts';
import { settledPhotos, tagDecisions } from './tables.ts';
import { type Word, writeDecisions } from './write-decisions.ts';

export const undoActSchema = z.object({
  eventId: z.uuid(),
  /** Without it, the actor's own last act that stands. */
  actId: z.uuid().optional(),
});

export type UndoAnswer =
  | {
      outcome: 'undone';
      actId: string;
      /** Of every photo of the act, as it stands now. */
      marks: Record<string, string>;
      /** Tags on which somebody has decided since: their word stands. */
      kept: { photoId: string; bib: string; by: string | null }[];
    }
  | { outcome: 'nothing' };

type DecisionRow = typeof tagDecisions.$inferSelect;

/**
 * Takes one act back, of any age: each of its tags is again what the words that remain make of it, or what machines say
 * where none remains. A tag on which there is a later word keeps it, and is named in `kept`. Safe to run twice: an act that
 * was taken back is nothing to undo. Throws conflict for an archived event.
 */
export async function undoAct(ctx: Context, input: z.input<typeof undoActSchema>): Promise<UndoAnswer> {
  const { eventId, actId: asked } = parseInput(undoActSchema, input);
  const event = await requireOwnEvent(ctx, { eventId });
  if (event.status === 'archived') throw new DomainError('conflict', { public: { key: 'events.archived' } });
  return inTransaction(ctx, async (tx) => {
    const actId = asked ?? (await findLastAct(tx, eventId));
    if (!actId) return { outcome: 'nothing' };
    const photoIds = await findPhotos(tx, eventId, actId);
    if (photoIds.length === 0) return { outcome: 'nothing' };
    await lockPhotos(tx, { eventId, photoIds });
    await tx.db.delete(settledPhotos).where(ofAct(settledPhotos, eventId, actId));
    const undone = await tx.db
      .update(tagDecisions)
      .set({ undoneAt: tx.clock.now() })
      .where(and(ofAct(tagDecisions, eventId, actId), isNull(tagDecisions.undoneAt)))
      .returning();
    const kept = await restore(tx, eventId, undone);
    await publishBibs(tx, photoIds);
    await markPhotosToWeigh(tx, { eventId, photoIds });
    await recordAudit(tx, {
      action: 'matching.undo-act',
      subjectKind: 'event',
      subjectId: eventId,
      details: { actId, tags: undone.length, kept: kept.length },
    });
    return { outcome: 'undone', actId, marks: await readPhotoMarks(tx, photoIds), kept };
  });
}

function ofAct(table: typeof tagDecisions | typeof settledPhotos, eventId: string, actId: string) {
  return and(eq(table.eventId, eventId), eq(table.actId, actId));
}

/** The actor's own last one that was not taken back. */
async function findLastAct(tx: Context, eventId: string): Promise<string | null> {
  const { actor } = tx;
  if (actor.kind !== 'account') return null;
  const [decided] = await tx.db
    .select({ actId: tagDecisions.actId, at: tagDecisions.decidedAt })
    .from(tagDecisions)
    .where(
      and(
        eq(tagDecisions.eventId, eventId),
        eq(tagDecisions.decidedBy, actor.userId),
        isNull(tagDecisions.undoneAt),
      ),
    )
    .orderBy(desc(tagDecisions.decidedAt))
    .limit(1);
  const [settled] = await tx.db
    .select({ actId: settledPhotos.actId, at: settledPhotos.settledAt })
    .from(settledPhotos)
    .where(and(eq(settledPhotos.eventId, eventId), eq(settledPhotos.settledBy, actor.userId)))
    .orderBy(desc(settledPhotos.settledAt))
    .limit(1);
  if (!decided || !settled) return (decided ?? settled)?.actId ?? null;
  return decided.at >= settled.at ? decided.actId : settled.actId;
}

async function findPhotos(tx: Context, eventId: string, actId: string): Promise<string[]> {
  const decided = await tx.db
    .select({ photoId: tagDecisions.photoId })
    .from(tagDecisions)
    .where(and(ofAct(tagDecisions, eventId, actId), isNull(tagDecisions.undoneAt)));
  const settled = await tx.db
    .select({ photoId: settledPhotos.photoId })
    .from(settledPhotos)
    .where(ofAct(settledPhotos, eventId, actId));
  return [...new Set([...decided, ...settled].map(({ photoId }) => photoId))];
}

/** Gives each tag the last word that remains, else what stood before the first one. */
async function restore(tx: Context, eventId: string, undone: DecisionRow[]) {
  if (undone.length === 0) return [];
  const photoIds = [...new Set(undone.map(({ photoId }) => photoId))];
  const said = await tx.db
    .select({ word: tagDecisions, by: users.name })
    .from(tagDecisions)
    .leftJoin(users, eq(users.id, tagDecisions.decidedBy))
    .where(inArray(tagDecisions.photoId, photoIds))
    .orderBy(asc(tagDecisions.decidedAt));
  const first = new Map(said.toReversed().map(({ word }) => [keyOf(word), word]));
  const remaining = said.filter(({ word }) => word.undoneAt === null);
  const last = new Map(remaining.map((row) => [keyOf(row.word), row]));
  const words = undone.map(({ photoId, bib }): Word => {
    const tag = keyOf({ photoId, bib });
    const stands = last.get(tag)?.word;
    if (stands) return stands;
    return { photoId, bib, decision: first.get(tag)?.before ?? null, decidedBy: null, decidedAt: null };
  });
  await writeDecisions(tx, eventId, words);
  return undone.flatMap((row) => {
    const later = last.get(keyOf(row));
    if (!later || later.word.decidedAt < row.decidedAt) return [];
    return [{ photoId: row.photoId, bib: row.bib, by: later.by }];
  });
}

function keyOf({ photoId, bib }: { photoId: string; bib: string }): string {
  return `${photoId}/${bib}`;
}
