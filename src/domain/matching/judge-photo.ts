import { isDeepStrictEqual } from 'node:util';
import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { holdPhotos } from '#domain/photos/hold-photos.ts';
import { photos } from '#domain/photos/tables.ts';
import { judgeReads } from '#vision/bibs/judge-reads.ts';
import type { BibOptions, BibRead } from '#vision/findings.ts';
import { recordReads } from './record-findings.ts';
import { toBibRead } from './stored-read.ts';
import { bibReads } from './tables.ts';

/** Judges the stored reads of a ready photo anew; true when something was written. For a transaction of its own: the
 *  photo's row is held, so that a reading under way comes before or after. */
export async function judgePhoto(
  tx: Context,
  input: { photoId: string; options: BibOptions },
): Promise<boolean> {
  const { photoId, options } = input;
  const [photo] = await holdPhotos(tx, and(eq(photos.id, photoId), eq(photos.state, 'ready')));
  const rows = photo ? await tx.db.select().from(bibReads).where(eq(bibReads.photoId, photoId)) : [];
  const [first] = rows;
  if (!first) return false;
  const before = rows.map(toBibRead);
  const judged = judgeReads(before, options);
  if (isDeepStrictEqual(verdicts(before), verdicts([...judged.bibs, ...judged.dropped]))) return false;
  const engine = { name: '', version: first.engineVersion };
  await recordReads(tx, { photoId, analysis: { engine, ...judged } });
  return true;
}

/** What a judgement may change, in an order that does not hang on it. */
function verdicts(reads: readonly BibRead[]): string[] {
  return reads
    .map(({ box, bib, kind, reason, confidence, alternatives = [] }) => {
      const others = alternatives.map((other) => [other.bib, other.probability]);
      return JSON.stringify([box, bib, kind, reason, confidence, others]);
    })
    .sort();
}
