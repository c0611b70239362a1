import type { BibDropReason, BibOptions, BibRead } from '../findings.ts';
import { packProbabilities } from './decode-digits.ts';
import { type Candidate, interpretLine, type ReadLine } from './interpret-line.ts';
import { tiltDegreesOf, uprightBox } from './rotated-box.ts';

export interface ChosenBibs {
  bibs: BibRead[];
  dropped: BibRead[];
}

interface Picture {
  widthPx: number;
  heightPx: number;
}

const guessConfidence = 0.35;
const sureConfidence = 0.8;
const maxTiltDegrees = 30;
const digitWidthPerHeight = { least: 0.25, most: 1.1 };
const yearPattern = /^(199\d|20[0-3]\d)$/;
/** Below this the digits are guesses; two digits are found by chance in any texture. */
const leastHeightPx = { twoDigits: 13, more: 10 };
const smallestOfTallest = 1 / 1.5;

/** Which lines are bibs. Pure: the same lines give the same answer. Every line with a digit comes out, with a reason. */
export function chooseBibs(lines: ReadLine[], picture: Picture, _options: BibOptions): ChosenBibs {
  const candidates = lines.flatMap((line) => interpretLine(line) ?? []);
  const judged = candidates.map((candidate) => ({
    ...candidate,
    reason: candidate.reason ?? ownFault(candidate),
  }));
  const compared = judged.map((candidate) => ({
    ...candidate,
    reason: candidate.reason ?? faultAmong(candidate, judged),
  }));
  const reads = compared
    .map((candidate) => toRead(candidate, picture))
    .sort((a, b) => b.confidence - a.confidence);
  const kept = reads.filter((read) => read.kind !== 'dropped');
  const bibs = kept.filter((read, index) => kept.findIndex((other) => other.bib === read.bib) === index);
  const twice = kept.filter((read) => !bibs.includes(read));
  return {
    bibs,
    dropped: [
      ...reads.filter((read) => read.kind === 'dropped'),
      ...twice.map((read): BibRead => ({ ...read, kind: 'dropped', reason: 'duplicate' })),
    ],
  };
}

function ownFault({ bib, confidence, line: { box } }: Candidate): BibDropReason | undefined {
  const digits = bib.replace(/\D/g, '').length;
  if (digits < 2) return 'single-digit';
  if (yearPattern.test(bib)) return 'year';
  if (box.h < (digits === 2 ? leastHeightPx.twoDigits : leastHeightPx.more)) return 'small-number';
  if (confidence < guessConfidence) return 'unsure';
  if (Math.abs(tiltDegreesOf(box)) > maxTiltDegrees) return 'tilt';
  const digitShape = box.w / bib.length / box.h;
  if (digitShape < digitWidthPerHeight.least || digitShape > digitWidthPerHeight.most) return 'shape';
  return undefined;
}

function faultAmong(candidate: Candidate, all: Candidate[]): BibDropReason | undefined {
  const { box } = candidate.line;
  const rivals = all.filter((other) => other !== candidate && other.reason === undefined);
  const near = rivals.filter(
    ({ line }) =>
      Math.abs(line.box.cx - box.cx) < 1.2 * Math.max(line.box.w, box.w) &&
      Math.abs(line.box.cy - box.cy) < 3 * Math.max(line.box.h, box.h),
  );
  const tallest = Math.max(0, ...near.map(({ line }) => line.box.h));
  return box.h < tallest * smallestOfTallest ? 'small-number' : undefined;
}

function toRead({ bib, confidence, line, read, reason }: Candidate, picture: Picture): BibRead {
  const kept = confidence >= sureConfidence ? 'sure' : 'guess';
  return {
    bib,
    confidence,
    box: uprightBox(line.box, picture.widthPx, picture.heightPx),
    tiltDegrees: tiltDegreesOf(line.box),
    kind: reason ? 'dropped' : kept,
    ...(reason && { reason }),
    text: read.text,
    digitProbabilities: packProbabilities(read.probabilities),
  };
}
