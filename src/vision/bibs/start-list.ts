import { logProbabilityOf } from './decode-digits.ts';
import type { Candidate } from './interpret-line.ts';

/** The bibs that may be read, found by their bare number whatever letters and zeros surround it. */
export interface StartList {
  byNumber: ReadonlyMap<string, string>;
}

/** A neighbour on the list must explain the picture nearly as well as what was read: one unsure digit, not a clear one. */
const mostLogLoss = 4.5;
/** Two neighbours that explain it equally well are a coin toss. */
const leastLogMargin = 1;
const correctedConfidence = { sure: 0.82, guess: 0.45 };
const clearMargin = 3;

export function indexStartList(bibs: readonly string[]): StartList {
  return { byNumber: new Map(bibs.map((bib) => [bareNumber(bib), bib])) };
}

/** Leading zeros and letters are how a number is printed, not which one it is. */
export function bareNumber(bib: string): string {
  const digits = bib.replace(/\D/g, '');
  return digits.replace(/^0+/, '') || digits;
}

/** The list's own writing of what was read; or its one neighbour that the picture also allows, with less confidence.
 *  Null when the list has neither. */
export function matchStartList(candidate: Candidate, list: StartList): Candidate | null {
  const number = bareNumber(candidate.bib);
  const exact = list.byNumber.get(number);
  if (exact !== undefined) {
    // Being expected is evidence: half of the doubt goes.
    return { ...candidate, bib: exact, confidence: 1 - (1 - candidate.confidence) / 2, listed: true };
  }
  const digits = candidate.bib.replace(/\D/g, '');
  if (digits.length < 2) return null;
  const scored = neighboursOf(digits)
    .filter((neighbour) => list.byNumber.has(bareNumber(neighbour)))
    .map((neighbour) => ({ neighbour, logProbability: bestLogProbability(neighbour, candidate) }))
    .sort((a, b) => b.logProbability - a.logProbability);
  const [best, second] = scored;
  if (!best || best.logProbability < bestLogProbability(digits, candidate) - mostLogLoss) return null;
  const margin = second ? best.logProbability - second.logProbability : Number.POSITIVE_INFINITY;
  if (margin < leastLogMargin) return null;
  const clear = margin >= clearMargin && best.logProbability > -clearMargin;
  return {
    ...candidate,
    bib: list.byNumber.get(bareNumber(best.neighbour)) ?? best.neighbour,
    confidence: clear ? correctedConfidence.sure : correctedConfidence.guess,
    listed: true,
  };
}

function bestLogProbability(digits: string, { line }: Candidate): number {
  const reads = line.wide ? [line.tight, line.wide] : [line.tight];
  return Math.max(...reads.map((read) => logProbabilityOf(digits, read.probabilities)));
}

/** Everything one replaced, missing or added digit away. */
function neighboursOf(digits: string): string[] {
  const neighbours = new Set<string>();
  for (let at = 0; at <= digits.length; at++) {
    const before = digits.slice(0, at);
    if (at < digits.length) neighbours.add(before + digits.slice(at + 1));
    for (const digit of '0123456789') {
      neighbours.add(before + digit + digits.slice(at));
      if (at < digits.length) neighbours.add(before + digit + digits.slice(at + 1));
    }
  }
  neighbours.delete(digits);
  neighbours.delete('');
  return [...neighbours];
}
