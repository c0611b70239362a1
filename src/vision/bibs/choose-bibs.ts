import type { BibDropReason, BibOptions, BibRead } from '../findings.ts';
import { packProbabilities } from './decode-digits.ts';
import { type Candidate, interpretLine, type ReadLine } from './interpret-line.ts';
import { tiltDegreesOf, uprightBox } from './rotated-box.ts';
import { bareNumber, indexStartList, matchStartList } from './start-list.ts';

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
/** What an unexpected number may claim at most: for review, never for publication. */
const unexpectedConfidence = 0.45;
/** A number that runs out of the picture may go on outside. */
const cutShare = 0.45;
const cutMarginPx = 2;
const maxTiltDegrees = 30;
const digitWidthPerHeight = { least: 0.25, most: 1.1 };
const yearPattern = /^(199\d|20[0-3]\d)$/;
/** Below this the digits are guesses; two digits are found by chance in any texture. */
const leastHeightPx = { twoDigits: 13, more: 10 };
const smallestOfTallest = 1 / 1.5;

/** Which lines are bibs. Pure: the same lines give the same answer. Every line with a digit comes out, with a reason. */
export function chooseBibs(lines: ReadLine[], picture: Picture, options: BibOptions): ChosenBibs {
  const expect = expectation(options);
  const candidates = lines
    .flatMap((line) => interpretLine(line) ?? [])
    .map((read) => expect(cut(read, picture)));
  const judged = candidates.map((candidate) => ({ ...candidate, reason: ownFault(candidate) }));
  const compared = judged.map((candidate) => ({
    ...candidate,
    reason: candidate.reason ?? faultAmong(candidate, judged),
  }));
  const reads = compared.map((candidate) => toRead(candidate, picture)).sort(byConfidence);
  const kept = reads.filter(({ kind }) => kind !== 'dropped');
  const bibs = kept.filter((read, index) => kept.findIndex(({ bib }) => bib === read.bib) === index);
  const twice = kept.filter((read) => !bibs.includes(read));
  return {
    bibs,
    dropped: [
      ...reads.filter(({ kind }) => kind === 'dropped'),
      ...twice.map((read): BibRead => ({ ...read, kind: 'dropped', reason: 'duplicate' })),
    ],
  };
}

/** What the race tells about a number: its start list, else its ranges, else nothing. */
function expectation({ startList, bibRanges }: BibOptions): (candidate: Candidate) => Candidate {
  const unexpected = (candidate: Candidate): Candidate => ({
    ...candidate,
    confidence: Math.min(candidate.confidence, unexpectedConfidence),
  });
  if (startList && startList.length > 0) {
    const list = indexStartList(startList);
    return (candidate) => matchStartList(candidate, list) ?? unexpected(candidate);
  }
  if (bibRanges && bibRanges.length > 0) {
    const within = (value: number) => bibRanges.some(({ from, to }) => value >= from && value <= to);
    return (candidate) => {
      const expected = within(Number(bareNumber(candidate.bib) || Number.NaN));
      return expected ? { ...candidate, listed: true } : unexpected(candidate);
    };
  }
  return (candidate) => candidate;
}

function cut(candidate: Candidate, picture: Picture): Candidate {
  const { box } = candidate.line;
  const halfW = (Math.abs(Math.cos(box.angle)) * box.w + Math.abs(Math.sin(box.angle)) * box.h) / 2;
  const touches = box.cx - halfW <= cutMarginPx || box.cx + halfW >= picture.widthPx - cutMarginPx;
  return touches ? { ...candidate, confidence: candidate.confidence * cutShare } : candidate;
}

function ownFault({ bib, confidence, listed, reason, line: { box } }: Candidate): BibDropReason | undefined {
  const digits = bib.replace(/\D/g, '').length;
  const digitShape = box.w / bib.length / box.h;
  // A number on the start list may be a year or a single digit; a clock stays a clock.
  if (reason) return reason;
  if (digits < 2 && !listed) return 'single-digit';
  if (yearPattern.test(bib) && !listed) return 'year';
  if (box.h < (digits <= 2 ? leastHeightPx.twoDigits : leastHeightPx.more)) return 'small-number';
  if (confidence < guessConfidence) return 'unsure';
  if (Math.abs(tiltDegreesOf(box)) > maxTiltDegrees) return 'tilt';
  if (digitShape < digitWidthPerHeight.least || digitShape > digitWidthPerHeight.most) return 'shape';
  return undefined;
}

function faultAmong(candidate: Candidate, all: Candidate[]): BibDropReason | undefined {
  const { box } = candidate.line;
  const near = all.filter(
    ({ line, reason }) =>
      line !== candidate.line &&
      reason === undefined &&
      Math.abs(line.box.cx - box.cx) < 1.2 * Math.max(line.box.w, box.w) &&
      Math.abs(line.box.cy - box.cy) < 3 * Math.max(line.box.h, box.h),
  );
  const tallest = Math.max(0, ...near.map(({ line }) => line.box.h));
  if (box.h < tallest * smallestOfTallest) return 'small-number';
  const whole = near.some(
    ({ bib, line }) =>
      bib.length > candidate.bib.length && bib.includes(candidate.bib) && overlap(line.box, box),
  );
  return whole ? 'partial' : undefined;
}

function overlap(a: ReadLine['box'], b: ReadLine['box']): boolean {
  return Math.abs(a.cx - b.cx) < (a.w + b.w) / 2 && Math.abs(a.cy - b.cy) < (a.h + b.h) / 2;
}

function byConfidence(a: BibRead, b: BibRead): number {
  return b.confidence - a.confidence;
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
