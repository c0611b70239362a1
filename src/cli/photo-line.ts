import type { PhotoFailureReason } from '#vision/findings.ts';
import type { PhotoResult } from './read-photos.ts';

/** What `sort --json` prints for one photo. The names are a promise to people's scripts. */
export interface PhotoLine {
  file: string;
  widthPx: number | null;
  heightPx: number | null;
  bibs: { bib: string; confidence: number; box: [number, number, number, number]; kind: 'sure' | 'guess' }[];
  blurry: boolean | null;
  qualityScore: number | null;
  /** The camera's own clock, without a zone. */
  takenAt: string | null;
  cpuMs: number;
  error: PhotoFailureReason | null;
}

export function toPhotoLine({ file, analysis, failure }: PhotoResult): PhotoLine {
  return {
    file,
    widthPx: analysis?.widthPx ?? null,
    heightPx: analysis?.heightPx ?? null,
    bibs: (analysis?.bibs ?? []).map(({ bib, confidence, box, kind }) => ({
      bib,
      confidence: round(confidence, 3),
      box: [round(box.x, 5), round(box.y, 5), round(box.w, 5), round(box.h, 5)],
      kind: kind === 'sure' ? 'sure' : 'guess',
    })),
    blurry: analysis?.quality?.blurry ?? null,
    qualityScore: analysis?.quality?.score ?? null,
    takenAt: analysis?.capture.takenAtLocal ?? null,
    cpuMs: analysis?.cpuMs ?? 0,
    error: failure,
  };
}

export function bibsOf(line: PhotoLine, kind: 'sure' | 'guess'): string[] {
  return line.bibs.filter((bib) => bib.kind === kind).map(({ bib }) => bib);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
