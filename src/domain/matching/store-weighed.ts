import { isDeepStrictEqual } from 'node:util';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import type { Weighed } from '#domain/weighing/scene.ts';
import { attributions } from './tables.ts';

type Attribution = typeof attributions.$inferSelect;

/**
 * Makes what machines say of these photos what was weighed; what a person decided stays as it is. What is said already is not
 * written again. Gives the photos whose tags changed: they are to be published. For a transaction that holds the photos.
 */
export async function storeWeighed(
  tx: Context,
  input: { eventId: string; photoIds: readonly string[]; weighed: readonly Weighed[] },
): Promise<string[]> {
  const { eventId, photoIds } = input;
  if (photoIds.length === 0) return [];
  // A database takes what is no number for more than any threshold.
  const broken = input.weighed.find(({ probability }) => !(probability >= 0 && probability <= 1));
  if (broken) throw new Error(`photo ${broken.photoId} was weighed to ${broken.probability}`);
  const before = await tx.db
    .select()
    .from(attributions)
    .where(inArray(attributions.photoId, [...photoIds]));
  const known = new Map(before.map((tag) => [keyOf(tag), tag]));
  const machine = input.weighed.filter((tag) => known.get(keyOf(tag))?.decision == null);
  const entries = await findOnlyEntries(
    tx,
    eventId,
    machine.map(({ bib }) => bib),
  );
  const rows = machine.map((tag) => ({ ...tag, startListEntryId: entries.get(tag.bib) ?? null }));
  const changed = rows.filter((tag) => !isSame(known.get(keyOf(tag)), tag));
  const said = new Set(rows.map(keyOf));
  const gone = before.filter((tag) => tag.decision === null && !said.has(keyOf(tag)));
  await removeTags(
    tx,
    gone.map(({ id }) => id),
  );
  await writeTags(tx, eventId, changed);
  return [...new Set([...gone, ...changed].map(({ photoId }) => photoId))];
}

function keyOf({ photoId, bib }: Pick<Attribution, 'photoId' | 'bib'>): string {
  return `${photoId}/${bib}`;
}

type Tag = Weighed & { startListEntryId: string | null };

function isSame(before: Attribution | undefined, tag: Tag): boolean {
  if (!before || before.probability !== tag.probability || before.startListEntryId !== tag.startListEntryId)
    return false;
  return isDeepStrictEqual([before.box, before.evidence], [tag.box, tag.evidence]);
}

async function removeTags(tx: Context, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.db.delete(attributions).where(and(inArray(attributions.id, ids), isNull(attributions.decision)));
}

async function writeTags(tx: Context, eventId: string, tags: Tag[]): Promise<void> {
  if (tags.length === 0) return;
  const updatedAt = tx.clock.now();
  const { photoId, bib } = attributions;

  await tx.db
    .insert(attributions)
    .values(tags.map((tag) => ({ ...tag, id: tx.random.id(), eventId, updatedAt })))
    .onConflictDoUpdate({
      target: [photoId, bib],
      set: {
        probability: sql`excluded.probability`,
        box: sql`excluded.box`,
        evidence: sql`excluded.evidence`,
        startListEntryId: sql`excluded.start_list_entry_id`,
        updatedAt,
      },
      setWhere: isNull(attributions.decision),
    });
}

/** The entry of each bib; none for a bib of two races, which names no single runner. */
async function findOnlyEntries(tx: Context, eventId: string, bibs: string[]): Promise<Map<string, string>> {
  if (bibs.length === 0) return new Map();
  const found = await tx.db
    .select({ id: startListEntries.id, bib: startListEntries.bib })
    .from(startListEntries)
    .where(and(eq(startListEntries.eventId, eventId), inArray(startListEntries.bib, [...new Set(bibs)])));
  const byBib = Map.groupBy(found, ({ bib }) => bib);
  return new Map(
    [...byBib].flatMap(([bib, [only, second]]) => (only && !second ? [[bib, only.id] as const] : [])),
  );
}
