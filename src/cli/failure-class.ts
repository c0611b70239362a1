import { bareNumber } from '#vision/bibs/start-list.ts';
import type { BibRead } from '#vision/findings.ts';
import { leastCountedConfidence, type PhotoScore, type PhotoTruth } from './score-bibs.ts';

/** `doubted`: read, with too little confidence to count. `dropped-…`: read, and set aside for that reason. */
export type FailureClass =
  | 'missed-not-detected'
  | 'missed-misread'
  | 'missed-partial'
  | 'missed-doubted'
  | `missed-dropped-${string}`
  | 'alarm-partial'
  | 'alarm-misread'
  | 'alarm-other-number';

export interface Failure {
  bib: string;
  failure: FailureClass;
}

/** Why each number of a photo was missed or wrongly told, as far as numbers alone can say. */
export function classifyFailures(truth: PhotoTruth, score: PhotoScore, reads: readonly BibRead[]): Failure[] {
  return [
    ...score.missed.map((bib) => ({ bib, failure: whyMissed(bib, reads) })),
    ...score.falseAlarms.map((bib) => ({ bib, failure: whyTold(bib, truth) })),
  ];
}

function whyMissed(bib: string, reads: readonly BibRead[]): FailureClass {
  const same = reads.filter((read) => bareNumber(read.bib) === bib);
  if (same.some(({ kind, confidence }) => kind !== 'dropped' && confidence < leastCountedConfidence))
    return 'missed-doubted';
  const [dropped] = same;
  if (dropped) return `missed-dropped-${dropped.reason ?? 'unsure'}`;
  const numbers = reads.map((read) => bareNumber(read.bib)).filter((number) => number !== '');
  if (numbers.some((number) => isPiece(number, bib))) return 'missed-partial';
  if (numbers.some((number) => isNear(number, bib))) return 'missed-misread';
  return 'missed-not-detected';
}

function whyTold(bib: string, { bibs, partial }: PhotoTruth): FailureClass {
  const wanted = bibs.map(bareNumber);
  if (partial.map(bareNumber).includes(bib) || wanted.some((number) => isPiece(bib, number)))
    return 'alarm-partial';
  return wanted.some((number) => isNear(bib, number)) ? 'alarm-misread' : 'alarm-other-number';
}

/** At least half of a longer number. */
function isPiece(piece: string, whole: string): boolean {
  return piece.length < whole.length && piece.length * 2 >= whole.length && whole.includes(piece);
}

/** One digit replaced, added or left out; two replaced in a number of four and more. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  if (a.length === b.length) {
    const different = [...a].filter((digit, index) => digit !== b[index]).length;
    return different <= (a.length >= 4 ? 2 : 1);
  }
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  return [...long].some((_, index) => long.slice(0, index) + long.slice(index + 1) === short);
}
