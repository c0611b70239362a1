import type { VisibleSide } from '../findings.ts';
import { type DigitProbabilities, logProbabilityOf } from './decode-digits.ts';

/** The bibs of a race, found by their bare number whatever letters and zeros surround it. */
export interface StartList {
  byNumber: ReadonlyMap<string, readonly string[]>;
  /** How many bibs have so many digits. */
  countOfLength: ReadonlyMap<number, number>;
}

/** A number as the pixels alone say it. */
interface SeenNumber {
  bib: string;
  /** Probability that it is right when nothing is known of the race. */
  confidence: number;
  /** Which of its digits can be seen, when it goes on. */
  partial?: VisibleSide | undefined;
  readings: readonly DigitProbabilities[];
}

export interface ListedBib {
  bib: string;
  probability: number;
}

/** Late entries, runners of other races, typing errors: bibs that are worn and not on the list. */
const outsideShare = 0.15;
/** How often one (two) digits at an end of a bib cannot be seen and nothing shows it; and with signs that it goes on there. */
const unseenShare = { one: 0.003, two: 0.0005, withSigns: 0.3 };
/** What is read wrongly is not drawn by lot: pieces and neighbours of listed numbers are listed more often than chance says. */
const leastChance = 0.03;
/** A wrong read is another number misread, or no bib at all. */
const misreadShare = 0.4;
const leastOddsAgainst = 0.005;
/** Nothing below exp(-12) of the best can come out on top. */
const mostLogLoss = 12;
const leastShown = 0.02;

/** A race's photos are judged one by one by the same list. */
const indexed = new WeakMap<readonly string[], StartList>();

/** Kept for as long as the list itself: lists are not changed in place. */
export function indexStartList(bibs: readonly string[]): StartList {
  const list = indexed.get(bibs) ?? makeIndex(bibs);
  indexed.set(bibs, list);
  return list;
}

function makeIndex(bibs: readonly string[]): StartList {
  const byNumber = new Map<string, string[]>();
  for (const bib of new Set(bibs)) {
    const number = bareNumber(bib);
    if (number !== '') byNumber.set(number, [...(byNumber.get(number) ?? []), bib]);
  }
  const countOfLength = new Map<number, number>();
  for (const { length } of byNumber.keys()) countOfLength.set(length, (countOfLength.get(length) ?? 0) + 1);
  return { byNumber, countOfLength };
}

/** Leading zeros and letters are how a number is printed, not which one it is. */
export function bareNumber(bib: string): string {
  const digits = bib.replace(/\D/g, '');
  return digits.replace(/^0+/, '') || digits;
}

/** What the list makes of a number that was seen, most probable first; and what is left for the number as it was read,
 *  when it is not listed. Bayes: how well each bib explains the digits, times how probable it was to be worn. */
export function weighAgainstList(
  seen: SeenNumber,
  list: StartList,
): { listed: ListedBib[]; outside: number } {
  const number = bareNumber(seen.bib);
  const right = Math.min(seen.confidence, 1 - leastOddsAgainst);
  const noBib = (1 - right) * (1 - misreadShare);
  const misread = ((1 - right) * misreadShare) / Math.max(1 - likelihood(number, seen), leastOddsAgainst);
  const chance = chanceOf(number.length, list);
  const weights = new Map<string, number>();
  for (const candidate of explanations(number, seen, list)) {
    const share = candidate === number ? right : misread * likelihood(candidate, seen);
    const piece = right * unseen(number, candidate, seen);
    const explained = Math.max(share / chanceOf(candidate.length, list), piece / chance);
    weights.set(candidate, (1 - outsideShare) * explained);
  }
  const outside = list.byNumber.has(number) ? 0 : right * outsideShare;
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, outside + noBib);
  const listed = [...weights]
    .flatMap(([candidate, weight]) => writings(candidate, weight / total, seen.bib, list))
    .filter(({ probability }) => probability >= leastShown)
    .sort((a, b) => b.probability - a.probability);
  return { listed, outside: outside / total };
}

/** The probability that a number with so many digits, drawn by lot, is on the list. */
function chanceOf(digits: number, list: StartList): number {
  const numbers = digits === 1 ? 9 : 9 * 10 ** (digits - 1);
  return Math.min(1, Math.max(leastChance, (list.countOfLength.get(digits) ?? 0) / numbers));
}

/** The probability that of `whole` just these digits are seen. */
function unseen(piece: string, whole: string, { partial }: SeenNumber): number {
  const hidden = whole.length - piece.length;
  if (piece.length < 2 || hidden < 1 || hidden > 2) return 0;
  const fits = { first: whole.startsWith(piece), last: whole.endsWith(piece), middle: whole.includes(piece) };
  if (partial && fits[partial]) return unseenShare.withSigns;
  if (!fits.first && !fits.last) return 0;
  return hidden === 1 ? unseenShare.one : unseenShare.two;
}

function explanations(number: string, seen: SeenNumber, list: StartList): string[] {
  const peaks = Array.from({ length: 10 }, (_, digit) => Math.log(peakOf(digit, seen.readings) + 1e-7));
  const bound = (candidate: string) =>
    [...candidate].reduce((sum, digit) => sum + (peaks[Number(digit)] ?? 0), 0);
  const least = bound(number) - mostLogLoss;
  return [...list.byNumber.keys()].filter(
    (candidate) =>
      unseen(number, candidate, seen) > 0 ||
      (Math.abs(candidate.length - number.length) <= 1 && bound(candidate) >= least),
  );
}

function peakOf(digit: number, readings: readonly DigitProbabilities[]): number {
  let peak = 0;
  for (const { steps, values } of readings) {
    for (let step = 0; step < steps; step++) peak = Math.max(peak, values[step * 11 + 1 + digit] ?? 0);
  }
  return peak;
}

/** Leading zeros may or may not be printed. */
function likelihood(number: string, { bib, readings }: SeenNumber): number {
  const zeros = /^\D*(0*)/.exec(bib)?.[1] ?? '';
  const forms = [...new Set([number, zeros + number])];
  const sum = readings.reduce(
    (total, read) => total + Math.max(...forms.map((form) => Math.exp(logProbabilityOf(form, read)))),
    0,
  );
  return Math.max(1e-12, sum / Math.max(1, readings.length));
}

/** Two bibs that differ by their letters only are told apart by the letters that were read. */
function writings(number: string, probability: number, read: string, list: StartList): ListedBib[] {
  const bibs = list.byNumber.get(number) ?? [];
  const letters = (bib: string) => bib.replace(/\d/g, '').toUpperCase();
  const same = bibs.filter((bib) => letters(bib) === letters(read));
  const meant = same.length > 0 ? same : bibs;
  return meant.map((bib) => ({ bib, probability: probability / meant.length }));
}
