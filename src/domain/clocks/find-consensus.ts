import { MOST_OFFSET_MS } from './camera-clock.ts';
import type { ClockPair } from './solve-clock.ts';

interface Consensus {
  offsetMs: number;
  /** That this is the right one of all offsets that explain the reads, and not chance. */
  probability: number;
}

interface Hypothesis {
  offsetMs: number;
  /** Log of the posterior mass of its peak against all reads being wrong. */
  logEvidence: number;
}

/** Bins in which differences are counted first; a candidate takes part from a bin as wide as four of its deviations. */
const BIN_WIDTHS_MS = [4_000, 16_000, 64_000, 256_000, 1_024_000];
const PEAKS_PER_WIDTH = 6;
const STEPS = 12;
/** Of sure reads, how many speak of another runner or place. Only how fast doubt grows depends on it. */
const WRONG_SHARE = 0.3;
const HOUR_MS = 3_600_000;
/** Peaks nearer than this are one. */
const SAME_PEAK_MS = 3_000;

/** The offset on which most reads agree; null without any agreement. Differences of the wrong places smear, because
 *  runners differ in pace; those of the right ones pile up. */
export function findConsensus(reads: ClockPair[]): Consensus | null {
  const spanMs = spanOf(reads);
  const peaks: Hypothesis[] = [];
  for (const start of likelyOffsets(reads)) {
    const found = climb(reads, start, spanMs);
    const same = peaks.find(({ offsetMs }) => Math.abs(offsetMs - found.offsetMs) < SAME_PEAK_MS);
    if (!same) peaks.push(found);
    else if (found.logEvidence > same.logEvidence) Object.assign(same, found);
  }
  const [best] = peaks.sort((a, b) => b.logEvidence - a.logEvidence);
  if (!best) return null;
  // Against every other peak, and against none being right.
  const others = peaks.reduce((sum, { logEvidence }) => sum + Math.exp(logEvidence - best.logEvidence), 0);
  return { offsetMs: best.offsetMs, probability: 1 / (others + Math.exp(-best.logEvidence)) };
}

/** The fullest bins of every width. Bins overlap by half, and a read counts once in each. */
function likelyOffsets(reads: ClockPair[]): number[] {
  return BIN_WIDTHS_MS.flatMap((widthMs, level) => {
    const counts = new Map<number, { count: number; last: ClockPair }>();
    const widest = level === BIN_WIDTHS_MS.length - 1;
    for (const read of reads) {
      for (const { atMs, spreadMs } of read.candidates) {
        if (spreadMs * 4 > widthMs && !widest) continue;
        const half = Math.floor((2 * (atMs - read.cameraAtMs)) / widthMs);
        for (const bin of [half - 1, half]) {
          const seen = counts.get(bin);
          if (!seen) counts.set(bin, { count: 1, last: read });
          else if (seen.last !== read) counts.set(bin, { count: seen.count + 1, last: read });
        }
      }
    }
    return [...counts]
      .sort(([, a], [, b]) => b.count - a.count)
      .slice(0, PEAKS_PER_WIDTH)
      .map(([bin]) => ((bin + 1) * widthMs) / 2);
  });
}

/** Expectation maximisation from a first guess, wide first: each step weighs every candidate by how well it fits. */
function climb(reads: ClockPair[], startMs: number, spanMs: number): Hypothesis {
  let offsetMs = startMs;
  let precision = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const widen = Math.max(1, 4 - step);
    let sum = 0;
    precision = 0;
    for (const read of reads) {
      const fits = read.candidates.map(({ atMs, spreadMs }) =>
        densityOf(atMs - read.cameraAtMs - offsetMs, spreadMs * widen),
      );
      const total = fits.reduce((a, b) => a + b, 0);
      const wrong = (WRONG_SHARE / (1 - WRONG_SHARE)) * (read.candidates.length / spanMs);
      for (const [index, { atMs, spreadMs }] of read.candidates.entries()) {
        const weight = (fits[index] ?? 0) / (total + wrong) / (spreadMs * spreadMs);
        sum += weight * (atMs - read.cameraAtMs);
        precision += weight;
      }
    }
    if (precision === 0) break;
    offsetMs = sum / precision;
  }
  const widthMs = precision === 0 ? 0 : Math.sqrt((2 * Math.PI) / precision);
  const logEvidence = logLikelihood(reads, offsetMs, spanMs) + Math.log(priorOf(offsetMs) * widthMs);
  return { offsetMs, logEvidence };
}

/** Against all reads being wrong: one that speaks of somebody else finds its candidates anywhere in the event. */
function logLikelihood(reads: ClockPair[], offsetMs: number, spanMs: number): number {
  let sum = 0;
  for (const { cameraAtMs, candidates } of reads) {
    const fit = candidates.reduce(
      (total, { atMs, spreadMs }) => total + densityOf(atMs - cameraAtMs - offsetMs, spreadMs),
      0,
    );
    sum += Math.log(WRONG_SHARE + ((1 - WRONG_SHARE) * fit * spanMs) / candidates.length);
  }
  return sum;
}

/** How probable an offset is before any photo, per ms: most clocks are off by minutes, many by whole hours of another
 *  zone besides, some by anything. An assumption; it only decides between offsets that fit about equally well. */
function priorOf(offsetMs: number): number {
  const hours = Math.round(offsetMs / HOUR_MS);
  const rest = Math.abs(offsetMs - hours * HOUR_MS);
  const near = Math.exp(-Math.abs(offsetMs) / 120_000) / 240_000;
  const zone = Math.abs(hours) <= 14 ? Math.exp(-rest / 120_000) / 240_000 / 29 : 0;
  const days = Math.exp(-Math.abs(offsetMs) / (30 * 24 * HOUR_MS)) / (60 * 24 * HOUR_MS);
  return 0.5 * near + 0.3 * zone + 0.15 * days + 0.05 / MOST_OFFSET_MS;
}

function densityOf(residualMs: number, spreadMs: number): number {
  const z = residualMs / spreadMs;
  return z * z > 80 ? 0 : Math.exp(-0.5 * z * z) / (spreadMs * 2.5066282746);
}

/** How long the event goes on, as the candidates tell; never so short that chance looks like agreement. */
function spanOf(reads: ClockPair[]): number {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { candidates } of reads) {
    for (const { atMs } of candidates) {
      first = Math.min(first, atMs);
      last = Math.max(last, atMs);
    }
  }
  return Math.max(last - first, 60_000);
}
