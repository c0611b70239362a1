import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { readBib } from '#domain/timing/read-cells.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { findLastWords } from './find-last-words.ts';
import { markPhotosToWeigh } from './mark-photos-to-weigh.ts';
import { lockPhotos, readPhotoMarks } from './photo-marks.ts';
import { publishBibs } from './publish-bibs.ts';
import { attributions, settledPhotos, tagDecisions } from './tables.ts';
import { writeDecisions } from './write-decisions.ts';

/** A burst and every tag on it; a bound, not a page. */
const MOST_DECISIONS = 1000;
const MOST_PHOTOS = 200;

const bibSchema = z
  .string()
  .max(40)
  .transform((text, refusal) => {
    const bib = readBib(text);
    if (bib === null) refusal.addIssue({ code: 'custom', message: 'matching.noBib' });
    return bib ?? '';
  });

export const decideTagsSchema = z.object({
  eventId: z.uuid(),
  /** Drawn by who sends it: an act that comes twice counts once. */
  actId: z.uuid(),
  decisions: z
    .array(z.object({ photoId: z.uuid(), bib: bibSchema, decision: z.enum(['confirmed', 'rejected']) }))
    .max(MOST_DECISIONS)
    .default([]),
  /** Photos on which nobody else can be named. */
  settle: z.array(z.uuid()).max(MOST_PHOTOS).default([]),
  /** The person knows that a bib is in no start list. */
  unlisted: z.boolean().default(false),
  /** By photo, the mark that the person had in front of them: a photo that has another one by now is left as it is. */
  seen: z
    .record(z.uuid(), z.string().max(20_000))
    .refine((marks) => Object.keys(marks).length <= MOST_PHOTOS)
    .default({}),
});
type Act = z.output<typeof decideTagsSchema>;

export type ActAnswer =
  | {
      outcome: 'decided';
      /** Of every photo of the act, as it stands now. */
      marks: Record<string, string>;
      /** Photos left alone because somebody else decided there in the meantime, and who; null for an account that is gone. */
      overtaken: { photoId: string; by: string | null }[];
    }
  /** Nothing was decided: these bibs stand in no start list and no machine proposed them. */
  | { outcome: 'unlisted'; bibs: string[] };

/**
 * Writes one act of a person on photos of their own event: each decision is a fact with author and time that no reading,
 * weighing or import changes, and that `undoAct` takes back. Moving a tag is to reject one bib and confirm another in one
 * act. To reject a bib that nobody proposed says nothing and is left out. Throws conflict for an archived event, not-found
 * for a photo of another one.
 */
export async function decideTags(ctx: Context, input: z.input<typeof decideTagsSchema>): Promise<ActAnswer> {
  const act = parseInput(decideTagsSchema, input);
  const event = await requireOwnEvent(ctx, act);
  if (event.status === 'archived') throw new DomainError('conflict', { public: { key: 'events.archived' } });
  const photoIds = [...new Set([...act.decisions.map(({ photoId }) => photoId), ...act.settle])];
  if (photoIds.length === 0) return { outcome: 'decided', marks: {}, overtaken: [] };
  return inTransaction(ctx, async (tx) => {
    const held = await lockPhotos(tx, { eventId: act.eventId, photoIds });
    if (held.length < photoIds.length)
      throw new DomainError('not-found', { public: { key: 'photos.notFound' } });
    const before = await readPhotoMarks(tx, photoIds);
    if (await isKnownAct(tx, act.actId)) return { outcome: 'decided', marks: before, overtaken: [] };
    const unlisted = act.unlisted ? [] : await findUnlisted(tx, act, photoIds);
    if (unlisted.length > 0) return { outcome: 'unlisted', bibs: unlisted };
    const other = photoIds.filter((id) => act.seen[id] !== undefined && act.seen[id] !== before[id]);
    await write(tx, act, new Set(other));
    return {
      outcome: 'decided',
      marks: await readPhotoMarks(tx, photoIds),
      overtaken: await findLastWords(tx, other),
    };
  });
}

async function isKnownAct(tx: Context, actId: string): Promise<boolean> {
  const found = await Promise.all([
    tx.db.$count(tagDecisions, eq(tagDecisions.actId, actId)),
    tx.db.$count(settledPhotos, eq(settledPhotos.actId, actId)),
  ]);
  return found.some((count) => count > 0);
}

/** What was typed and is nowhere: most likely a slip. Without a start list nothing can be missed. */
async function findUnlisted(tx: Context, act: Act, photoIds: string[]): Promise<string[]> {
  const { eventId } = act;
  const confirmed = act.decisions.filter(({ decision }) => decision === 'confirmed');
  const bibs = [...new Set(confirmed.map(({ bib }) => bib))];
  if (bibs.length === 0) return [];
  const proposed = await tx.db
    .select({ bib: attributions.bib })
    .from(attributions)
    .where(and(inArray(attributions.photoId, photoIds), inArray(attributions.bib, bibs)));
  const listed = await tx.db
    .select({ bib: startListEntries.bib })
    .from(startListEntries)
    .where(and(eq(startListEntries.eventId, eventId), inArray(startListEntries.bib, bibs)));
  const known = new Set([...proposed, ...listed].map(({ bib }) => bib));
  const unknown = bibs.filter((bib) => !known.has(bib));
  if (unknown.length === 0) return [];
  const any = await tx.db
    .select({ id: startListEntries.id })
    .from(startListEntries)
    .where(eq(startListEntries.eventId, eventId))
    .limit(1);
  return any.length > 0 ? unknown : [];
}

async function write(tx: Context, act: Act, leftAlone: Set<string>): Promise<void> {
  const { eventId, actId } = act;
  const settled = act.settle.filter((photoId) => !leftAlone.has(photoId));
  const decided = await newDecisions(tx, act, leftAlone);
  const photoIds = [...new Set([...settled, ...decided.map(({ photoId }) => photoId)])];
  if (photoIds.length === 0) return;
  const [by, at] = [tx.actor.kind === 'account' ? tx.actor.userId : null, tx.clock.now()];
  if (decided.length > 0) {
    const words = decided.map((word) => ({ ...word, decidedBy: by, decidedAt: at }));
    await writeDecisions(tx, eventId, words);
    await tx.db
      .insert(tagDecisions)
      .values(words.map((word) => ({ ...word, id: tx.random.id(), actId, eventId })));
  }
  if (settled.length > 0) {
    const row = { eventId, actId, settledBy: by, settledAt: at };
    await tx.db
      .insert(settledPhotos)
      .values(settled.map((photoId) => ({ ...row, photoId })))
      .onConflictDoNothing();
  }
  await publishBibs(tx, photoIds);
  await markPhotosToWeigh(tx, { eventId, photoIds });
  await recordAudit(tx, {
    action: 'matching.decide-tags',
    subjectKind: 'event',
    subjectId: eventId,
    details: { actId, tags: decided.length, settled: settled.length },
  });
}

/** The decisions of an act that say something new, with what stood before. The last word on a tag within one act counts. */
async function newDecisions(tx: Context, act: Act, leftAlone: Set<string>) {
  const last = new Map(act.decisions.map((word) => [keyOf(word), word]));
  const words = [...last.values()].filter(({ photoId }) => !leftAlone.has(photoId));
  const tags = await tx.db
    .select({ photoId: attributions.photoId, bib: attributions.bib, decision: attributions.decision })
    .from(attributions)
    .where(
      inArray(
        attributions.photoId,
        words.map(({ photoId }) => photoId),
      ),
    );
  const standing = new Map(tags.map((tag) => [keyOf(tag), tag]));
  return words.flatMap((word) => {
    const tag = standing.get(keyOf(word));
    if (tag?.decision === word.decision || (!tag && word.decision === 'rejected')) return [];
    return [{ ...word, before: tag?.decision ?? null }];
  });
}

function keyOf({ photoId, bib }: { photoId: string; bib: string }): string {
  return `${photoId}/${bib}`;
}
