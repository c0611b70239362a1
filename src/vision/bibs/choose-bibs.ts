import type { BibDropReason, BibOptions, BibRead, ReadSigns } from '../findings.ts';
import { packReadings } from './decode-digits.ts';
import { type Candidate, interpretLine, type ReadLine } from './interpret-line.ts';
import { type ChosenBibs, judgeReads, sureProbability } from './judge-reads.ts';
import { isLitClock } from './lit-clock.ts';
import { visibleSide } from './partial-number.ts';
import { readProbability } from './read-probability.ts';
import { tiltDegreesOf, uprightBox } from './rotated-box.ts';

interface Picture {
  widthPx: number;
  heightPx: number;
}

/** A candidate with its probability and what speaks against it. */
interface Judged extends Candidate {
  probability: number;
  signs: ReadSigns;
  partial: BibRead['partial'];
}

const guessProbability = 0.2;
const clearLikelihood = 0.5;
/** Two readings that say different numbers: one is wrong. */
const contradictedShare = 0.8;
/** Nothing is surer than the recogniser was of the whole text, or hardly. */
const textAllowance = 0.1;
/** That the visible part of a number is all of it. */
const wholeShare = 0.4;
/** From 45° on, up could as well be left. */
const maxTiltDegrees = 44;
const digitWidthPerHeight = { least: 0.2, most: 1.1 };
const yearPattern = /^(199\d|20[0-3]\d)$/;
/** Below this the digits are guesses; few digits are found by chance in any texture. */
const leastHeightPx = { oneDigit: 24, twoDigits: 13, more: 10 };
const samePlaceShare = 0.5;
const smallestOfTallest = 1 / 1.5;

/** Which lines are bibs. Pure: the same lines give the same answer. Every line with a digit comes out, with a reason. */
export function chooseBibs(lines: ReadLine[], picture: Picture, options: BibOptions): ChosenBibs {
  const said = lines.flatMap((line) => interpretLine(line) ?? []);
  const tallestPx = Math.max(0, ...said.filter(isClear).map(({ line }) => line.box.h));
  const candidates = said.map((candidate) => withProbability(candidate, tallestPx, picture));
  const judged = candidates.map((candidate) => ({ ...candidate, reason: ownFault(candidate) }));
  const compared = judged.map((candidate) => ({
    ...candidate,
    reason: candidate.reason ?? faultAmong(candidate, judged),
  }));
  return judgeReads(
    compared.map((candidate) => toRead(candidate, picture)),
    options,
  );
}

function isClear({ bib, best, reason }: Candidate): boolean {
  return reason === undefined && best >= clearLikelihood && bib.replace(/\D/g, '').length >= 2;
}

function withProbability(candidate: Candidate, tallestPx: number, picture: Picture): Judged {
  const { bib, best, agreement, line, read, others } = candidate;
  const signs = { best, agreement, relativeHeight: line.box.h / Math.max(line.box.h, tallestPx) };
  const contradicted = others.some((other) => !other.includes(bib) && !bib.includes(other));
  const partial = visibleSide(line, picture);
  const probability =
    Math.min(readProbability(bib, signs), read.textConfidence + textAllowance) *
    (contradicted ? contradictedShare : 1) *
    (partial ? wholeShare : 1);
  return { ...candidate, signs, partial, probability };
}

function ownFault({ bib, probability, reason, line: { box, plate } }: Judged): BibDropReason | undefined {
  const digits = bib.replace(/\D/g, '').length;
  const digitShape = box.w / bib.length / box.h;
  if (reason) return reason;
  if (box.h < leastHeight(digits)) return 'small-number';
  if (Math.abs(tiltDegreesOf(box)) > maxTiltDegrees) return 'tilt';
  if (digitShape < digitWidthPerHeight.least || digitShape > digitWidthPerHeight.most) return 'shape';
  if (plate && isLitClock(bib, plate)) return 'clock';
  // The last three may still be bibs when the race expects them.
  if (digits < 2) return 'single-digit';
  if (yearPattern.test(bib)) return 'year';
  if (probability < guessProbability) return 'unsure';
  return undefined;
}

function leastHeight(digits: number): number {
  if (digits === 1) return leastHeightPx.oneDigit;
  return digits === 2 ? leastHeightPx.twoDigits : leastHeightPx.more;
}

function faultAmong(candidate: Judged, all: Judged[]): BibDropReason | undefined {
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
  if (whole) return 'partial';
  // Two lines at one place cannot both be right.
  const better = near.some(
    ({ bib, line, probability }) =>
      samePlace(line.box, box) && probability > candidate.probability && !candidate.bib.includes(bib),
  );
  return better ? 'unsure' : undefined;
}

function samePlace(a: ReadLine['box'], b: ReadLine['box']): boolean {
  return (
    Math.abs(a.cx - b.cx) < Math.min(a.w, b.w) * samePlaceShare &&
    Math.abs(a.cy - b.cy) < Math.min(a.h, b.h) * samePlaceShare
  );
}

function overlap(a: ReadLine['box'], b: ReadLine['box']): boolean {
  return Math.abs(a.cx - b.cx) < (a.w + b.w) / 2 && Math.abs(a.cy - b.cy) < (a.h + b.h) / 2;
}

function toRead(candidate: Judged, picture: Picture): BibRead {
  const { bib, probability, line, read, readings, reason, partial, others, signs } = candidate;
  const kept = probability >= sureProbability ? 'sure' : 'guess';
  const otherShare = (1 - probability) / (others.length + 1);
  return {
    bib,
    confidence: probability,
    box: uprightBox(line.box, picture.widthPx, picture.heightPx),
    tiltDegrees: tiltDegreesOf(line.box),
    kind: reason ? 'dropped' : kept,
    ...(reason && { reason }),
    ...(partial && { partial }),
    ...(others.length > 0 && {
      alternatives: others.map((other) => ({ bib: other, probability: otherShare })),
    }),
    signs,
    ...(line.plate && { plate: line.plate }),
    text: read.text,
    digitProbabilities: packReadings(readings.map(({ probabilities }) => probabilities)),
  };
}
