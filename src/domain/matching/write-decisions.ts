import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import type { Evidence } from '#domain/weighing/scene.ts';
import { attributions } from './tables.ts';

export interface Word {
  photoId: string;
  bib: string;
  /** Null takes the word back. */
  decision: 'confirmed' | 'rejected' | null;
  decidedBy: string | null;
  decidedAt: Date | null;
}

/** All that is known of a tag that a person typed. */
const TYPED: Evidence = { kind: 'person', weight: 0, values: { decision: 'confirmed' } };

/** Writes what people say of tags now, the tag as well where no machine proposed it. A tag that was only ever typed goes
 *  when its word is taken back. For the transaction of an act. */
export async function writeDecisions(tx: Context, eventId: string, words: readonly Word[]): Promise<void> {
  const said = words.filter(({ decision }) => decision !== null);
  if (said.length > 0) await write(tx, eventId, said);
  const takenBack = words.filter(({ decision }) => decision === null);
  if (takenBack.length > 0) await takeBack(tx, takenBack);
}

async function write(tx: Context, eventId: string, words: Word[]): Promise<void> {
  const entries = await findOnlyEntries(tx, eventId, words);
  const updatedAt = tx.clock.now();
  const rows = words.map((word) => ({
    ...word,
    id: tx.random.id(),
    eventId,
    startListEntryId: entries.get(word.bib) ?? null,
    probability: 1,
    evidence: [TYPED],
    updatedAt,
  }));
  await tx.db
    .insert(attributions)
    .values(rows)
    .onConflictDoUpdate({
      target: [attributions.photoId, attributions.bib],
      set: {
        decision: sql`excluded.decision`,
        decidedBy: sql`excluded.decided_by`,
        decidedAt: sql`excluded.decided_at`,
        updatedAt,
      },
    });
}

async function takeBack(tx: Context, words: Word[]): Promise<void> {
  const tags = words.map(({ photoId, bib }) => sql`(${photoId}::uuid, ${bib}::text)`);
  const these = sql`(${attributions.photoId}, ${attributions.bib}) in (${sql.join(tags, sql`, `)})`;
  await tx.db
    .update(attributions)
    .set({ decision: null, decidedBy: null, decidedAt: null, updatedAt: tx.clock.now() })
    .where(these);
  const typed = sql`not jsonb_path_exists(${attributions.evidence}, '$[*] ? (@.kind != "person")')`;
  await tx.db.delete(attributions).where(and(these, isNull(attributions.decision), typed));
}

/** One bib in two races names no single runner. */
async function findOnlyEntries(tx: Context, eventId: string, words: Word[]): Promise<Map<string, string>> {
  const bibs = [...new Set(words.map(({ bib }) => bib))];
  const found = await tx.db
    .select({ bib: startListEntries.bib, id: sql<string>`min(${startListEntries.id}::text)` })
    .from(startListEntries)
    .where(and(eq(startListEntries.eventId, eventId), inArray(startListEntries.bib, bibs)))
    .groupBy(startListEntries.bib)
    .having(sql`count(*) = 1`);
  return new Map(found.map(({ bib, id }) => [bib, id]));
}
