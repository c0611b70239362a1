import { correct, type RobustFit } from './fit-clock.ts';
import type { ClockPair } from './solve-clock.ts';

/** A slope of fewer reads is chance. */
const LEAST_READS = 20;
const LEAST_ALONE = 8;
/** Beyond this a size is a mistake: a runner 10 s from the spot is not read. */
const MOST_SHIFT_MS = 5_000;
/** Slopes between so many pairs of reads are looked at. */
const MOST_SLOPES = 4_000;
/** A prime, so that each read meets others from everywhere. */
const STRIDE = 37;

interface Seen {
  /** 1/size: grows evenly with the distance. */
  far: number;
  /** How long after the photo the runner passes, ms. */
  aheadMs: number;
}

/**
 * In a crowd those who can be read stand nearer than the middle of the picture, and are photographed after they passed. Runners come
 * evenly nearer, so that the time until they pass is a line in 1/size (its slope after Theil and Sen: the median between pairs of reads).
 * Each read is moved along it to where runners are pictured who come alone, for there the photographer chose and not the crowd. Gives
 * reads as they are where too few are alone or tell their size.
 */
export function bringToSpot(
  reads: readonly ClockPair[],
  passings: readonly ClockPair[],
  { clock, used }: RobustFit,
): ClockPair[] {
  const seen = reads.flatMap(({ size, cameraAtMs, candidates }, index): Seen[] => {
    if (!size || !used[index]) return [];
    const trueMs = correct(clock, cameraAtMs);
    const aheads = candidates.map(({ atMs }) => atMs - trueMs).sort((a, b) => Math.abs(a) - Math.abs(b));
    return [{ far: 1 / size, aheadMs: aheads[0] ?? 0 }];
  });
  const lone = passings.flatMap(({ size, alone }) => (size && alone ? 1 / size : []));
  if (seen.length < LEAST_READS || lone.length < LEAST_ALONE) return [...reads];
  const slope = Math.max(0, slopeOf(seen));
  const spot = medianOf(lone);
  return reads.map((read) => {
    if (!read.size) return read;
    const shift = slope * (1 / read.size - spot);
    const bounded = Math.min(MOST_SHIFT_MS, Math.max(-MOST_SHIFT_MS, shift));
    return { ...read, cameraAtMs: read.cameraAtMs + bounded };
  });
}

function slopeOf(seen: readonly Seen[]): number {
  const sorted = seen.toSorted((a, b) => a.far - b.far);
  // Pairs far apart in size tell the slope best: each read of the nearer half with some of the farther one.
  const half = sorted.length >> 1;
  const each = Math.max(1, Math.floor(MOST_SLOPES / half));
  const slopes: number[] = [];
  for (let near = 0; near < half; near++) {
    for (let step = 0; step < each; step++) {
      const far = half + ((near + step * STRIDE) % (sorted.length - half));
      const [a, b] = [sorted[near], sorted[far]];
      if (a && b && b.far > a.far) slopes.push((b.aheadMs - a.aheadMs) / (b.far - a.far));
    }
  }
  return medianOf(slopes);
}

function medianOf(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
