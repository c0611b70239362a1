import type { BibRead } from '#vision/findings.ts';
import { unpackDigits } from './pack-digits.ts';
import type { bibReads } from './tables.ts';

/** A read as the engine gave it, from its row. */
export function toBibRead(row: typeof bibReads.$inferSelect): BibRead {
  const { bib, text, confidence, box, tiltDegrees, kind } = row;
  return {
    ...{ bib, text, confidence, box, tiltDegrees, kind },
    // Only the engine's own reasons are written there.
    ...(row.reason !== null && { reason: row.reason as NonNullable<BibRead['reason']> }),
    ...(row.partial && { partial: row.partial }),
    ...(row.signs && { signs: row.signs }),
    ...(row.plate && { plate: row.plate }),
    ...(row.plain && { plain: row.plain }),
    ...(row.alternatives && { alternatives: row.alternatives }),
    digitProbabilities: unpackDigits(row.digitProbabilities),
  };
}
