import type { BibDropReason } from '../findings.ts';
import type { TextBox } from './detect-text.ts';
import type { LineRead } from './recognise-line.ts';

/** A detected line read twice: with a tight crop, which suits small bibs, and a wide one, which suits large ones. */
export interface ReadLine {
  box: TextBox;
  tight: LineRead;
  wide: LineRead | null;
  /** A second look at more pixels of the photo, where the first was in doubt. */
  closer?: LineRead | null;
  /** What the digits are printed on and with, CIE L*a*b* (D65): bibs of one event look alike. */
  plate?: { background: Lab; ink: Lab };
}

export type Lab = [l: number, a: number, b: number];

/** What one line says if it is a bib. `reason` is set when its own text already rules it out. */
export interface Candidate {
  bib: string;
  confidence: number;
  line: ReadLine;
  read: LineRead;
  reason?: BibDropReason;
  /** The race expects this number. */
  listed?: boolean;
}

const bibPattern = /^[A-Z]?\d{1,6}[A-Z]?$/;
const clockPattern = /\d{1,2}\s?[:;'’.]\s?\d{2}([:;'’.]\d{1,2})?/;
const distancePattern = /\d+\s?(km|k|m|mi|miles?|kg|eme|th|st|nd|rd)\b/i;
const neededCertainty = { tight: 0.6, wide: 0.87, wideBeforeZero: 0.7 };
/** One unsure digit spoils a number that is clear on average. */
const weakestDigitAllowance = 0.25;
const disagreementShare = 0.55;
const containedShare = 0.8;

/** Null when the line holds no digit in either reading. */
export function interpretLine(line: ReadLine): Candidate | null {
  const tight = interpretRead(line, line.tight);
  const wide = line.wide && interpretRead(line, line.wide);
  if (!tight || !wide) return tight ?? wide ?? null;
  if (tight.bib === wide.bib) {
    const better = tight.confidence >= wide.confidence ? tight : wide;
    return { ...better, reason: tight.reason && wide.reason };
  }
  return settle(tight, wide);
}

/** Two readings that differ: one is right at best, so the answer is worth less than either claims. */
function settle(tight: Candidate, wide: Candidate): Candidate {
  if (tight.reason !== wide.reason && (tight.reason === undefined || wide.reason === undefined)) {
    const plain = tight.reason === undefined ? tight : wide;
    return { ...plain, confidence: plain.confidence * containedShare };
  }
  const [longer, shorter] = wide.bib.length >= tight.bib.length ? [wide, tight] : [tight, wide];
  if (longer.bib.includes(shorter.bib) && shorter.bib.length >= 2) {
    const chosen = longer.read.digits.weakest >= neededFor(longer === wide, shorter.bib) ? longer : shorter;
    return { ...chosen, confidence: chosen.confidence * containedShare };
  }
  const better = wide.confidence > tight.confidence ? wide : tight;
  return { ...better, confidence: better.confidence * disagreementShare };
}

/** How certain each digit of the longer reading must be. The wide crop takes the edge of the bib for a stroke; the
 *  tight one cuts digits off, above all in front of a zero, since numbers seldom begin with one. */
function neededFor(longerIsWide: boolean, shorter: string): number {
  if (!longerIsWide) return neededCertainty.tight;
  return shorter.startsWith('0') ? neededCertainty.wideBeforeZero : neededCertainty.wide;
}

function interpretRead(line: ReadLine, read: LineRead): Candidate | null {
  const text = read.text.normalize('NFKC').toUpperCase();
  if (!/\d/.test(text)) return null;
  const bare = text.replace(/^(N[°ºO]?\.?|#|NR\.?)\s*(?=\d)/, '').replace(/^[^A-Z0-9]+|[^A-Z0-9]+$/g, '');
  const confidence = Math.min(read.textConfidence, read.digits.weakest + weakestDigitAllowance);
  const made = { confidence, line, read };
  if (clockPattern.test(bare)) return { ...made, bib: bare, reason: 'clock' };
  if (distancePattern.test(bare)) return { ...made, bib: bare, reason: 'distance' };
  const joined = bare.replaceAll(' ', '');
  if (bibPattern.test(joined)) return { ...made, bib: joined };
  return { ...made, bib: joined, reason: /\d{7}/.test(joined) ? 'too-many-digits' : 'not-a-number' };
}
