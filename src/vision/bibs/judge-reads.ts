import type { BibDropReason, BibOptions, BibRead } from '../findings.ts';
import { unpackReadings } from './decode-digits.ts';
import { styleLogOdds } from './event-style.ts';
import { bareNumber, indexStartList, type StartList, weighAgainstList } from './start-list.ts';

/** `bibs` holds what is kept, best first; `dropped` everything else that was seen, each with its reason. */
export interface ChosenBibs {
  bibs: BibRead[];
  dropped: BibRead[];
}

export const sureProbability = 0.85;
/** What an unexpected number may claim at most: for review, never for publication. */
const unexpectedProbability = 0.45;
/** What a number that is seen in part may claim at most, unless the list leaves hardly a doubt. */
const partialProbability = 0.45;
const hardlyADoubt = 0.95;
const leastDoubt = 0.005;
const leastListedProbability = 0.3;
/** Numbers that are no bibs as a rule, and may be when the race expects them. */
const mayBeExpected: ReadonlySet<BibDropReason | undefined> = new Set<BibDropReason | undefined>([
  undefined,
  'year',
  'single-digit',
  'unsure',
]);

/**
 * The same reads in the light of a race's start list or ranges, and of the event's style. Works on fresh and on stored reads, kept and dropped
 * together, and without the photo; judging again with another list starts from what the pixels said.
 */
export function judgeReads(reads: readonly BibRead[], options: BibOptions): ChosenBibs {
  const expect = expectation(options);
  const style = styling(options);
  const judged = reads.map(beforeAnyList).map(style).map(expect).sort(byConfidence);
  const kept = judged.filter(({ kind }) => kind !== 'dropped');
  const bibs = kept.filter((read, index) => kept.findIndex(({ bib }) => bib === read.bib) === index);
  const twice = kept.filter((read) => !bibs.includes(read));
  return {
    bibs,
    dropped: [
      ...judged.filter(({ kind }) => kind === 'dropped'),
      ...twice.map((read) => drop(read, 'duplicate')),
    ],
  };
}

function byConfidence(a: BibRead, b: BibRead): number {
  return b.confidence - a.confidence;
}

function drop(read: BibRead, reason: BibDropReason): BibRead {
  return { ...read, kind: 'dropped', reason };
}

function beforeAnyList({ plain, reason, ...read }: BibRead): BibRead {
  const said = plain ?? { bib: read.bib, confidence: read.confidence, ...(reason && { reason }) };
  // A duplicate was kept until another read said the same.
  const ownReason = said.reason === 'duplicate' ? undefined : said.reason;
  return {
    ...read,
    bib: said.bib,
    confidence: said.confidence,
    kind: ownReason ? 'dropped' : kindOf(said.confidence),
    ...(ownReason && { reason: ownReason }),
  };
}

function kindOf(confidence: number): 'sure' | 'guess' {
  return confidence >= sureProbability ? 'sure' : 'guess';
}

/** Numbers that look like the event's bibs gain, others lose; what was dropped stays so. */
function styling({ style }: BibOptions): (read: BibRead) => BibRead {
  if (!style) return (read) => read;
  return (read) => {
    if (!read.plate || read.partial || read.reason) return read;
    const odds = read.confidence / Math.max(1 - read.confidence, leastDoubt);
    const styled = odds * Math.exp(styleLogOdds(read.plate, style));
    const confidence = styled / (1 + styled);
    return { ...read, confidence, kind: kindOf(confidence), plain: plainOf(read) };
  };
}

/** A number that only looks like a clock has no points. */
function mayBeListed({ bib, reason }: BibRead): boolean {
  return mayBeExpected.has(reason) || (reason === 'clock' && /^\d+$/.test(bib));
}

/** What the race tells about a number: its start list, else its ranges, else nothing. */
function expectation({ startList, bibRanges }: BibOptions): (read: BibRead) => BibRead {
  if (startList && startList.length > 0) {
    const list = indexStartList(startList);
    return (read) => (mayBeListed(read) ? matchStartList(read, list) : read);
  }
  if (bibRanges && bibRanges.length > 0) {
    const within = (value: number) => bibRanges.some(({ from, to }) => value >= from && value <= to);
    return (read) => {
      if (!mayBeListed(read)) return read;
      return within(Number(bareNumber(read.bib) || Number.NaN)) ? expected(read) : unexpected(read);
    };
  }
  return (read) => read;
}

function matchStartList(read: BibRead, list: StartList): BibRead {
  const seen = {
    bib: read.bib,
    confidence: read.confidence,
    partial: read.partial,
    readings: unpackReadings(read.digitProbabilities),
  };
  const { listed, outside } = weighAgainstList(seen, list);
  const [best, ...others] = listed;
  if (!best || best.probability < Math.max(outside, leastListedProbability)) {
    const left = unexpected(read);
    return { ...left, confidence: Math.min(left.confidence, outside), alternatives: listed };
  }
  const unseen = read.partial !== undefined || isLonger(best.bib, read.bib);
  const doubted = unseen && best.probability < hardlyADoubt;
  const confidence =
    doubted && read.partial ? Math.min(best.probability, partialProbability) : best.probability;
  return {
    ...withoutReason(read),
    bib: best.bib,
    confidence,
    kind: doubted ? 'guess' : kindOf(confidence),
    alternatives: others,
    plain: plainOf(read),
  };
}

/** Digits were added that nobody saw. */
function isLonger(bib: string, seen: string): boolean {
  const [number, part] = [bareNumber(bib), bareNumber(seen)];
  return number.length > part.length && number.includes(part);
}

function expected(read: BibRead): BibRead {
  if (read.reason === 'unsure') return read;
  return { ...withoutReason(read), kind: kindOf(read.confidence), plain: plainOf(read) };
}

function unexpected(read: BibRead): BibRead {
  const confidence = Math.min(read.confidence, unexpectedProbability);
  return { ...read, confidence, kind: read.reason ? 'dropped' : 'guess', plain: plainOf(read) };
}

function withoutReason({ reason: _, ...read }: BibRead): BibRead {
  return read;
}

function plainOf({ plain, bib, confidence, reason }: BibRead): NonNullable<BibRead['plain']> {
  return plain ?? { bib, confidence, ...(reason && { reason }) };
}
