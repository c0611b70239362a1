import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { BibRead, PhotoAnalysis } from '#vision/findings.ts';
import { packDigits } from './pack-digits.ts';
import { bibReads } from './tables.ts';

/** Makes a photo's bib reads, kept and dropped, those of one analysis. For a transaction of matching. */
export async function replaceReads(
  tx: Context,
  photoId: string,
  analysis: Pick<PhotoAnalysis, 'bibs' | 'dropped' | 'engine'>,
): Promise<void> {
  await tx.db.delete(bibReads).where(eq(bibReads.photoId, photoId));
  const reads = [...(analysis.bibs ?? []), ...(analysis.dropped ?? [])];
  if (reads.length === 0) return;
  const engineVersion = analysis.engine.version;
  await tx.db
    .insert(bibReads)
    .values(reads.map((read) => ({ id: tx.random.id(), photoId, engineVersion, ...rowOf(read) })));
}

function rowOf(read: BibRead) {
  const { bib, text, confidence, box, tiltDegrees, kind } = read;
  return {
    ...{ bib, text, confidence, box, tiltDegrees, kind },
    reason: read.reason ?? null,
    partial: read.partial ?? null,
    alternatives: read.alternatives && read.alternatives.length > 0 ? read.alternatives : null,
    plain: read.plain ?? null,
    signs: read.signs ?? null,
    plate: read.plate ?? null,
    digitProbabilities: packDigits(read.digitProbabilities),
  };
}
