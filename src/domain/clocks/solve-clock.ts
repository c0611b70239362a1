import { bringToSpot } from './bring-to-spot.ts';
import { findConsensus } from './find-consensus.ts';
import { findStays, type SolvedStay } from './find-stays.ts';
import { type ClockFit, correct, fitClock } from './fit-clock.ts';

/** When timing expects a runner at one place, once per lap. Instants are ms since 1970, UTC. */
export interface ExpectedInstant {
  placeId: string;
  atMs: number;
  /** One deviation, ms. */
  spreadMs: number;
}

/** A sure bib read of one camera, with everything it may have been the picture of. */
export interface ClockPair {
  photoId: string;
  bib: string;
  /** What the camera said. */
  cameraAtMs: number;
  candidates: ExpectedInstant[];
  /** How large the read is in the picture, in any unit; who is far away reads small and passes later. */
  size?: number;
  /** Nobody else is on the photo: the photographer chose where this runner is pictured. */
  alone?: boolean;
}

export interface SolvedResidual {
  photoId: string;
  bib: string;
  cameraAtMs: number;
  /** True time by this clock less the passage it was matched with. */
  residualMs: number;
  /** Whether the solution rests on it: a wrong bib or another place does not count. */
  used: boolean;
}

/** True time = camera time + offsetMs + driftPpm / 10^6 * (camera time - driftFromMs). */
export interface ClockSolution extends ClockFit {
  outcome: 'solved';
  /** One deviation of the residuals that count, ms. */
  spreadMs: number;
  /** Probability 0..1 that the offset is right to half a second where the reads lie. It knows nothing of what all reads
   *  of a place share: a photographer who stands before the mat shifts the clock by the way from there. */
  confidence: number;
  /** In the order they were taken, one per runner and burst. */
  residuals: SolvedResidual[];
  /** By the camera's own clock, in order and without overlap; the first and the last are open. */
  stays: SolvedStay[];
}

export type ClockAnswer = ClockSolution | { outcome: 'too-few' | 'no-agreement' };

/** A runner's reads nearer than this in camera time are one passing, seen several times. */
const ONE_PASSING_MS = 20_000;
/** Fewer agree by chance too often for a machine to decide. */
const LEAST_AGREEING = 5;
/** More sharpen nothing: the deviation of a median of 600 is a twentieth of one read's. */
const MOST_READS = 600;
/** An answer that is more probably wrong than right is none. */
const LEAST_PROBABILITY = 0.5;
const RIGHT_WITHIN_MS = 500;

/**
 * The clock of one camera from sure bib reads and from where timing expects their runners. Wrong bibs, wrong places, days
 * and hours of error do no harm: the offset is the one on which most reads agree (the highest peak of the posterior over
 * all differences), sharpened by a robust fit (Tukey's biweight from the median and its MAD; Maronna, Martin and Yohai,
 * "Robust Statistics", 2006, §5.4), then again among the places where the camera is found to have stood, each read brought to where
 * lone runners are pictured.
 */
export function solveClock(pairs: ClockPair[]): ClockAnswer {
  const passings = onePerPassing(pairs.filter(({ candidates }) => candidates.length > 0));
  const reads = sample(passings);
  if (reads.length < LEAST_AGREEING) return { outcome: 'too-few' };
  const consensus = findConsensus(reads);
  if (!consensus || consensus.probability < LEAST_PROBABILITY) return { outcome: 'no-agreement' };
  const anywhere = fitClock(reads, { offsetMs: consensus.offsetMs, driftPpm: 0, driftFromMs: 0 });
  if (!anywhere) return { outcome: 'no-agreement' };
  const stays = findStays(reads, anywhere.clock);
  const there = reads.map((read) => ({ ...read, candidates: atStay(read, stays) }));
  const rough = fitClock(there, anywhere.clock) ?? anywhere;
  const atSpot = bringToSpot(there, passings, rough);
  const fit = fitClock(atSpot, rough.clock) ?? rough;
  const agreeing = new Set(reads.flatMap(({ bib }, index) => (fit.used[index] ? bib : [])));
  if (agreeing.size < LEAST_AGREEING) return { outcome: 'no-agreement' };
  return {
    outcome: 'solved',
    ...fit.clock,
    spreadMs: fit.spreadMs,
    confidence: consensus.probability * withinOf(fit.errorMs),
    residuals: reads.map((read, index) => {
      const seenMs = atSpot[index]?.cameraAtMs ?? read.cameraAtMs;
      return residualOf(read, correct(fit.clock, seenMs), fit.used[index] ?? false);
    }),
    stays,
  };
}

/** Where a camera stood whose clock is known from elsewhere. */
export function placeCamera(pairs: ClockPair[], clock: ClockFit): SolvedStay[] {
  return findStays(sample(onePerPassing(pairs.filter(({ candidates }) => candidates.length > 0))), clock);
}

/** Against the passage that fits best, at whichever place. */
function residualOf(read: ClockPair, trueMs: number, used: boolean): SolvedResidual {
  const { photoId, bib, cameraAtMs, candidates } = read;
  const residuals = candidates.map(({ atMs }) => trueMs - atMs).sort((a, b) => Math.abs(a) - Math.abs(b));
  return { photoId, bib, cameraAtMs, residualMs: Math.round(residuals[0] ?? 0), used };
}

/** The middle read of each run of one bib: a burst is one observation, not ten. In the order they were taken. */
function onePerPassing(pairs: ClockPair[]): ClockPair[] {
  const byBib = Map.groupBy(pairs, ({ bib }) => bib);
  const kept: ClockPair[] = [];
  for (const reads of byBib.values()) {
    reads.sort((a, b) => a.cameraAtMs - b.cameraAtMs);
    let run: ClockPair[] = [];
    for (const [index, read] of reads.entries()) {
      run.push(read);
      const next = reads[index + 1];
      if (next && next.cameraAtMs - read.cameraAtMs <= ONE_PASSING_MS) continue;
      const middle = run[Math.floor((run.length - 1) / 2)];
      if (middle) kept.push({ ...middle, alone: run.every(({ alone }) => alone === true) });
      run = [];
    }
  }
  return kept.sort((a, b) => a.cameraAtMs - b.cameraAtMs || (a.bib < b.bib ? -1 : 1));
}

function sample(reads: ClockPair[]): ClockPair[] {
  if (reads.length <= MOST_READS) return reads;
  const step = reads.length / MOST_READS;
  return Array.from({ length: MOST_READS }, (_, index) => reads[Math.floor(index * step)]).filter(
    (read) => read !== undefined,
  );
}

function atStay({ cameraAtMs, candidates }: ClockPair, stays: SolvedStay[]): ExpectedInstant[] {
  const stay = stays.find(({ untilMs }) => untilMs === null || cameraAtMs < untilMs);
  return candidates.filter(({ placeId }) => placeId === stay?.placeId);
}

/** The share of a normal distribution of this deviation within half a second. */
function withinOf(errorMs: number): number {
  return erf(RIGHT_WITHIN_MS / (errorMs * Math.SQRT2));
}

/** Abramowitz and Stegun 7.1.26, right to 1.5e-7, for x >= 0. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const tail =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return 1 - tail * Math.exp(-x * x);
}
