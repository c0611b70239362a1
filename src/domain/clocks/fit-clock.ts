import type { ClockPair, ExpectedInstant } from './solve-clock.ts';

/** True time = camera time + offsetMs + driftPpm / 10^6 * (camera time - driftFromMs). */
export interface ClockFit {
  offsetMs: number;
  driftPpm: number;
  /** In the middle of the reads, where offset and drift do not pull at each other. */
  driftFromMs: number;
}

export interface RobustFit {
  clock: ClockFit;
  /** One deviation of the residuals that count, ms. */
  spreadMs: number;
  /** One deviation of the corrected time where the reads lie, ms. */
  errorMs: number;
  /** For each read, in their order, whether the clock rests on it. */
  used: boolean[];
}

/** A drift cannot be told from chance on a shorter day. */
const LEAST_SPAN_MS = 7_200_000;
/** How many of its own deviations a drift must be worth. */
const DRIFT_Z = 3;
/** More than this is a clock that was set during the day. */
export const MOST_PPM = 200;
/** One deviation of what cameras drift: 1 to 2 s a day, as watch crystals do. */
const USUAL_PPM = 20;
/** Tukey's biweight keeps 95 % of the mean's efficiency on normal noise with this reach. */
const BIWEIGHT_Z = 4.685;
const EFFICIENCY = 0.95;
const STEPS = 20;
/** Around a first guess that may be a little off and knows no drift. */
const START_Z = 8;
const SCALE_BOUNDS = { least: 0.25, most: 3 };

/** Sharpens a first guess by the candidate of each read that fits it best; null when hardly any fits. */
export function fitClock(reads: ClockPair[], start: ClockFit): RobustFit | null {
  const points = reads.map((read) => pointOf(read, start));
  const near = points.filter((point) => point !== null && Math.abs(zOf(point, start)) < START_Z);
  const line = fitLine(near.filter((point) => point !== null));
  if (!line) return null;
  const used = points.map(
    (point) => point !== null && Math.abs(zOf(point, line.clock)) < BIWEIGHT_Z * line.scale,
  );
  const off = points.flatMap((point, index) =>
    point && used[index] ? Math.abs(zOf(point, line.clock)) * point.spreadMs : [],
  );
  return { clock: line.clock, errorMs: line.errorMs, spreadMs: Math.round(1.4826 * medianOf(off)), used };
}

/** What a camera's instant truly was, ms. */
export function correct(clock: ClockFit, cameraAtMs: number): number {
  return cameraAtMs + shiftAt(clock, cameraAtMs);
}

interface Point {
  cameraAtMs: number;
  differenceMs: number;
  spreadMs: number;
}

function pointOf(read: ClockPair, clock: ClockFit): Point | null {
  const trueMs = correct(clock, read.cameraAtMs);
  const z = ({ atMs, spreadMs }: ExpectedInstant) => Math.abs(atMs - trueMs) / spreadMs;
  const [first, ...rest] = read.candidates;
  if (!first) return null;
  const best = rest.reduce((a, b) => (z(b) < z(a) ? b : a), first);
  const { cameraAtMs } = read;
  return { cameraAtMs, differenceMs: best.atMs - cameraAtMs, spreadMs: best.spreadMs };
}

interface Line {
  clock: ClockFit;
  /** What the points' own spreads must be multiplied by. */
  scale: number;
  errorMs: number;
}

function fitLine(points: Point[]): Line | null {
  if (points.length < 3) return null;
  const times = points.map(({ cameraAtMs }) => cameraAtMs);
  const driftFromMs = Math.round(medianOf(times));
  const offsetMs = medianOf(points.map(({ differenceMs }) => differenceMs));
  const flat = improve(points, { offsetMs, driftPpm: 0, driftFromMs }, false);
  if (Math.max(...times) - Math.min(...times) < LEAST_SPAN_MS) return flat.line;
  const sloped = improve(points, flat.line.clock, true);
  const { driftPpm } = sloped.line.clock;
  const isDrift = Math.abs(driftPpm) > DRIFT_Z * sloped.errorPpm && Math.abs(driftPpm) < MOST_PPM;
  const { line } = isDrift ? sloped : flat;
  // What is not known of the drift is an error of the offset away from the middle.
  const unknownPpm = 1 / Math.hypot(1 / sloped.errorPpm, isDrift ? 0 : 1 / USUAL_PPM);
  return { ...line, errorMs: Math.hypot(line.errorMs, (unknownPpm / 1e6) * sloped.reachMs) };
}

/** Iteratively reweighted least squares from `start`, whose residuals' median deviation sets the scale. */
function improve(points: Point[], start: ClockFit, withDrift: boolean) {
  let clock = start;
  let scale = SCALE_BOUNDS.most;
  let sums = sumsOf(points, clock, scale);
  for (let step = 0; step < STEPS; step += 1) {
    const zs = points.map((point) => Math.abs(zOf(point, clock)));
    scale = Math.min(Math.max(1.4826 * medianOf(zs), SCALE_BOUNDS.least), SCALE_BOUNDS.most);
    sums = sumsOf(points, clock, scale);
    if (sums.w === 0) break;
    const slope = withDrift && sums.tt > 0 ? sums.td / sums.tt : 0;
    const meanT = sums.t / sums.w;
    const offsetMs = clock.offsetMs + sums.d / sums.w - slope * meanT;
    clock = { ...clock, offsetMs, driftPpm: clock.driftPpm + slope * 1e6 };
  }
  const line = {
    clock: { ...clock, offsetMs: Math.round(clock.offsetMs) },
    scale,
    errorMs: scale / Math.sqrt(EFFICIENCY * sums.w),
  };
  return {
    line,
    errorPpm: (1e6 * scale) / Math.sqrt(EFFICIENCY * sums.tt),
    reachMs: Math.sqrt(sums.tt / sums.w),
  };
}

/** Weighted sums of what is still to explain: w, w t and w d, and those around the mean time. */
function sumsOf(points: Point[], clock: ClockFit, scale: number) {
  const weighted = points.map((point) => {
    const z = zOf(point, clock);
    const u = z / (BIWEIGHT_Z * scale);
    const w = Math.abs(u) < 1 ? (1 - u * u) ** 2 / point.spreadMs ** 2 : 0;
    return { w, t: point.cameraAtMs - clock.driftFromMs, d: z * point.spreadMs };
  });
  const w = sum(weighted.map((p) => p.w));
  const t = sum(weighted.map((p) => p.w * p.t));
  const d = sum(weighted.map((p) => p.w * p.d));
  const tt = sum(weighted.map((p) => p.w * (p.t - t / w) ** 2));
  const td = sum(weighted.map((p) => p.w * (p.t - t / w) * (p.d - d / w)));
  return { w, t, d, tt, td };
}

function zOf({ cameraAtMs, differenceMs, spreadMs }: Point, clock: ClockFit): number {
  return (differenceMs - shiftAt(clock, cameraAtMs)) / spreadMs;
}

function shiftAt({ offsetMs, driftPpm, driftFromMs }: ClockFit, cameraAtMs: number): number {
  return offsetMs + (driftPpm / 1e6) * (cameraAtMs - driftFromMs);
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function medianOf(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
