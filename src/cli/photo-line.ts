import type {
  BoxNorm,
  CropShape,
  LabelName,
  PhotoFailureReason,
  QualityParts,
  VisibleSide,
} from '#vision/findings.ts';
import type { PhotoStack } from './find-stacks.ts';
import type { PhotoResult } from './read-photos.ts';

type BoxLine = [number, number, number, number];

/** What `sort --json` prints for one photo. The names are a promise to people's scripts. */
export interface PhotoLine {
  file: string;
  widthPx: number | null;
  heightPx: number | null;
  bibs: {
    bib: string;
    confidence: number;
    box: BoxLine;
    kind: 'sure' | 'guess';
    /** Only of a number that goes on out of sight: `bib` is then the part that is seen. */
    partial?: VisibleSide;
  }[];
  blurry: boolean | null;
  qualityScore: number | null;
  /** The camera's own clock, without a zone. */
  takenAt: string | null;
  cpuMs: number;
  error: PhotoFailureReason | null;
  quality: QualityParts | null;
  /** Only of a photo that shares its stack with others: copies of it, or frames of the same runners right before and after. */
  stack?: number;
  best?: boolean;
  /** Each of these only when it was asked for. */
  labels?: { name: LabelName; confidence: number }[];
  crops?: Record<CropShape, BoxLine> | null;
  faces?: FaceLine[];
  /** The corrected copy, relative to the output folder; null when nothing was worth correcting. */
  edited?: string | null;
}

/** No descriptor: what a face looks like stays in this process. */
export interface FaceLine {
  box: BoxLine;
  confidence: number;
  smile: number | null;
  /** The bib read on the same body. */
  bib: string | null;
  /** Faces of one number are one person's, within this folder. */
  person: number;
}

/** What is known of a photo besides its analysis. */
export interface LineExtras {
  /** The person of each face, in the order of the analysis. */
  persons?: number[];
  edited?: string | null;
  stack?: PhotoStack | null;
}

export function toPhotoLine(
  { file, analysis, failure }: PhotoResult,
  { persons, edited, stack }: LineExtras = {},
): PhotoLine {
  const { labels, crops, faces } = analysis ?? {};
  return {
    file,
    widthPx: analysis?.widthPx ?? null,
    heightPx: analysis?.heightPx ?? null,
    bibs: (analysis?.bibs ?? []).map(({ bib, confidence, box, kind, partial }) => ({
      bib,
      confidence: round(confidence, 3),
      box: boxLine(box),
      kind: kind === 'sure' ? 'sure' : 'guess',
      ...(partial && { partial }),
    })),
    blurry: analysis?.quality?.blurry ?? null,
    qualityScore: analysis?.quality?.score ?? null,
    takenAt: analysis?.capture.takenAtLocal ?? null,
    cpuMs: analysis?.cpuMs ?? 0,
    error: failure,
    quality: analysis?.quality ? roundParts(analysis.quality.parts) : null,
    ...stack,
    ...(labels && {
      labels: labels.map(({ name, confidence }) => ({ name, confidence: round(confidence, 3) })),
    }),
    ...(crops && {
      crops: {
        '1:1': boxLine(crops['1:1']),
        '4:5': boxLine(crops['4:5']),
        '9:16': boxLine(crops['9:16']),
        '16:9': boxLine(crops['16:9']),
      },
    }),
    ...(faces &&
      persons && {
        faces: faces.map(({ box, confidence, smile, bib }, index) => ({
          box: boxLine(box),
          confidence: round(confidence, 3),
          smile: smile === null ? null : round(smile, 3),
          bib: bib ?? null,
          person: persons[index] ?? 0,
        })),
      }),
    ...(edited !== undefined && { edited }),
  };
}

export function bibsOf(line: PhotoLine, kind: 'sure' | 'guess'): string[] {
  return line.bibs.filter((bib) => bib.kind === kind).map(printBib);
}

/** '…93' for a number whose last digits alone can be seen. */
export function printBib({ bib, partial }: Pick<PhotoLine['bibs'][number], 'bib' | 'partial'>): string {
  const before = partial === 'last' || partial === 'middle' ? '…' : '';
  const after = partial === 'first' || partial === 'middle' ? '…' : '';
  return `${before}${bib}${after}`;
}

function boxLine({ x, y, w, h }: BoxNorm): BoxLine {
  return [round(x, 5), round(y, 5), round(w, 5), round(h, 5)];
}

function roundParts({ sharpness, exposure, horizon }: QualityParts): QualityParts {
  return { sharpness: round(sharpness, 3), exposure: round(exposure, 3), horizon: round(horizon, 3) };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
