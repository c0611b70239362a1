import type { BibDropReason, Plate } from '../findings.ts';
import { logProbabilityOf } from './decode-digits.ts';
import type { TextBox } from './detect-text.ts';
import type { LineRead } from './recognise-line.ts';

/** A detected line read twice: with a tight crop, which suits small bibs, and a wide one, which suits large ones. */
export interface ReadLine {
  box: TextBox;
  tight: LineRead;
  wide: LineRead | null;
  /** Bibs of one event look alike. */
  plate?: Plate;
}

/** What one line says if it is a bib. `reason` is set when its own text already rules it out. */
export interface Candidate {
  bib: string;
  /** Likelihood that a reading says exactly this, 0..1: of the best one, and the mean of all as a share of it. */
  best: number;
  agreement: number;
  line: ReadLine;
  /** The reading that says it. */
  read: LineRead;
  /** Every reading, the one above first. */
  readings: LineRead[];
  /** What other readings made of the line, if it might be a bib. */
  others: string[];
  reason?: BibDropReason;
}

/** One reading, parsed. */
interface Said {
  bib: string;
  read: LineRead;
  /** Of its worst part: only good to choose between readings of one line. */
  strength: number;
  wide: boolean;
  reason?: BibDropReason;
}

const bibPattern = /^[A-Z]?\d{1,6}[A-Z]?$/;
const clockPattern = /\d{1,2}\s?[:;'’.H]\s?\d{2}([:;'’.]\d{1,2})?/;
const distancePattern = /\d+\s?(km|k|m|mi|miles?|kg|eme|th|st|nd|rd)\b/i;
/** `50 %`, `10 €`, `$ 5`. */
const amountPattern = /\d\s?[%€$£]|[€$£]\s?\d/;
/** Letters, digits, letters: `AB-123-CD` and what is left of it when an end is hidden, but not a bib with one letter. */
const numberPlatePattern =
  /^([A-Z]{1,3}[- ]?\d{2,4}[- ]?[A-Z]{1,3}|[A-Z]{2,3}[- ]\d{2,4}|\d{2,4}[- ][A-Z]{2,3})$/;
const neededCertainty = { tight: 0.6, wide: 0.87, wideBeforeZero: 0.7 };
/** One unsure digit spoils a number that is clear on average. */
const weakestDigitAllowance = 0.25;

/** Null when the line holds no digit in any reading. */
export function interpretLine(line: ReadLine): Candidate | null {
  const { tight, wide } = line;
  const said = [parse(tight, false), wide ? parse(wide, true) : null].flatMap((one) => one ?? []);
  const chosen = chooseSaid(said);
  if (!chosen) return null;
  const readings = [chosen.read, ...[tight, wide].flatMap((read) => read ?? [])].filter(
    (read, index, all) => all.indexOf(read) === index,
  );
  const likelihoods = readings.map((read) => likelihoodOf(chosen.bib, read));
  const best = Math.max(...likelihoods);
  const others = said.filter(({ bib, reason }) => bib !== chosen.bib && reason === undefined);
  return {
    bib: chosen.bib,
    best,
    agreement: best > 0 ? mean(likelihoods) / best : 0,
    line,
    read: chosen.read,
    readings,
    others: [...new Set(others.map(({ bib }) => bib))],
    ...(chosen.reason && { reason: chosen.reason }),
  };
}

/** What both readings agree on, else the one that has more to show for it. */
function chooseSaid([first, second]: Said[]): Said | null {
  if (!first || !second) return first ?? null;
  if (first.bib !== second.bib) return settle(first, second);
  return first.reason !== undefined && second.reason === undefined ? second : first;
}

/** Two readings that differ: one is right at best. */
function settle(one: Said, other: Said): Said {
  if ((one.reason === undefined) !== (other.reason === undefined))
    return one.reason === undefined ? one : other;
  const [longer, shorter] = other.bib.length >= one.bib.length ? [other, one] : [one, other];
  if (longer.bib.includes(shorter.bib) && shorter.bib.length >= 2)
    return longer.read.digits.weakest >= neededFor(longer.wide, shorter.bib) ? longer : shorter;
  return other.strength > one.strength ? other : one;
}

/** How certain each digit of the longer reading must be. The wide crop takes the edge of the bib for a stroke; the
 *  tight one cuts digits off, above all in front of a zero, since numbers seldom begin with one. */
function neededFor(longerIsWide: boolean, shorter: string): number {
  if (!longerIsWide) return neededCertainty.tight;
  return shorter.startsWith('0') ? neededCertainty.wideBeforeZero : neededCertainty.wide;
}

function parse(read: LineRead, wide: boolean): Said | null {
  const bare = bareText(read);
  if (!/\d/.test(bare)) return null;
  const strength = Math.min(read.textConfidence, read.digits.weakest + weakestDigitAllowance);
  const made = { read, strength, wide };
  if (clockPattern.test(bare)) return { ...made, bib: bare, reason: 'clock' };
  if (distancePattern.test(bare)) return { ...made, bib: bare, reason: 'distance' };
  if (amountPattern.test(read.text)) return { ...made, bib: bare, reason: 'amount' };
  const joined = bare.replaceAll(' ', '');
  if (bibPattern.test(joined)) return { ...made, bib: joined };
  if (numberPlatePattern.test(bare)) return { ...made, bib: joined, reason: 'number-plate' };
  return { ...made, bib: joined, reason: /\d{7}/.test(joined) ? 'too-many-digits' : 'not-a-number' };
}

function bareText(read: LineRead): string {
  const text = read.text.normalize('NFKC').toUpperCase();
  return text.replace(/^(N[°ºO]?\.?|#|NR\.?)\s*(?=\d)/, '').replace(/^[^A-Z0-9]+|[^A-Z0-9]+$/g, '');
}

/** Of letters only the text as a whole tells; of digits every path through the probabilities counts. */
function likelihoodOf(bib: string, read: LineRead): number {
  if (/^\d+$/.test(bib)) return Math.exp(logProbabilityOf(bib, read.probabilities));
  return bareText(read).replaceAll(' ', '') === bib ? read.textConfidence ** bib.length : 0;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
