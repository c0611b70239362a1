import { type Field, type SimulatedRunner, timeAt } from './draw-runners.ts';
import { PARAMETERS } from './event-parameters.ts';
import type { Random } from './random.ts';

/** Where photographers stand: as a share of each race's way. Half way and the end are timed, the third lies between. */
export const SPOTS = [
  { name: 'finish', share: 1, timed: true },
  { name: 'half way', share: 0.5, timed: true },
  { name: 'river', share: 0.8, timed: false },
] as const;

export interface SimulatedCamera {
  key: string;
  spot: number;
  /** Camera clock − true time where the event begins, ms; and how it drifts. */
  clockErrorMs: number;
  driftPpm: number;
  /** Seconds between the frames of a burst. */
  spacing: number;
}

/** A runner who comes by a spot. */
export interface Arrival {
  runner: SimulatedRunner;
  /** When the runner is in focus, ms. */
  atMs: number;
  metresPerMs: number;
  /** Metres left or right of the middle of the road. */
  lane: number;
  hiddenHere: boolean;
  /** What the runner wears here. */
  clothing: SimulatedRunner['clothing'];
}

const perSpot = [2, 1, 1];
const minuteMs = 60_000;
const slowest = 0.0012;

export function drawCameras(random: Random): SimulatedCamera[] {
  return SPOTS.flatMap((_, spot) =>
    Array.from({ length: perSpot[spot] ?? 1 }, (_unused, index) => {
      const { minutesDeviation, wrongHour, wrongDay, driftPpm } = PARAMETERS.clock;
      const hour = random.chance(wrongHour) ? 60 * minuteMs : 0;
      const day = random.chance(wrongDay) ? -1440 * minuteMs : 0;
      return {
        key: `camera-${spot + 1}${'ab'[index] ?? ''}`,
        spot,
        clockErrorMs: Math.round(random.normal(0, minutesDeviation * minuteMs) + hour + day),
        driftPpm: random.normal(0, driftPpm),
        spacing: random.pick(PARAMETERS.shooting.spacings) ?? 0.3,
      };
    }),
  );
}

export function kmOfSpot(spot: number, race: number): number {
  const km = PARAMETERS.races[race]?.km ?? 0;
  const share = SPOTS[spot]?.share ?? 1;
  return share === 0.5 ? Math.floor(km / 2) : km * share;
}

/** Everybody who comes by, in order. */
export function drawArrivals({ runners }: Field, spot: number, random: Random): Arrival[] {
  const light = [0, 0, 0].map(() => random.normal(0, PARAMETERS.clothing.place));
  const arrivals = runners.flatMap((runner): Arrival[] => {
    const km = kmOfSpot(spot, runner.race);
    const atMs = timeAt(runner, km);
    if (atMs === null) return [];
    const before = timeAt(runner, Math.max(0, km - 1)) ?? atMs;
    const metresPerMs = Math.max(slowest, 1000 / Math.max(1, atMs - before));
    const { road } = PARAMETERS.lens;
    return [
      {
        runner,
        atMs,
        metresPerMs,
        lane: random.between(-road, road),
        hiddenHere: runner.hidden || random.chance(PARAMETERS.hidden.atSpot),
        clothing: inLight(runner, light, random),
      },
    ];
  });
  return arrivals.sort((a, b) => a.atMs - b.atMs);
}

function inLight(
  { clothing }: SimulatedRunner,
  light: number[],
  random: Random,
): SimulatedRunner['clothing'] {
  const [l = 0, a = 0, b = 0] = light;
  const changed = random.chance(PARAMETERS.clothing.changed);
  const shift = changed ? [random.normal(0, 25), random.normal(0, 15), random.normal(0, 15)] : [0, 0, 0];
  const { upper, lower } = clothing;
  return {
    upper: [upper[0] + l + (shift[0] ?? 0), upper[1] + a + (shift[1] ?? 0), upper[2] + b + (shift[2] ?? 0)],
    lower: lower && [lower[0] + l, lower[1] + a, lower[2] + b],
  };
}

/** What the camera says at a true instant, in whole hundredths as cameras write them. */
export function cameraTime({ clockErrorMs, driftPpm }: SimulatedCamera, atMs: number): number {
  return Math.round((atMs + clockErrorMs + (driftPpm / 1e6) * atMs) / 10) * 10;
}

/** True instants of the frames of every burst: the photographer lets some runners pass and needs a breath after each burst. */
export function drawShots(arrivals: readonly Arrival[], camera: SimulatedCamera, random: Random): number[][] {
  const { takes, busySeconds, frames, goesOn } = PARAMETERS.shooting;
  const bursts: number[][] = [];
  let freeMs = Number.NEGATIVE_INFINITY;
  for (const { atMs, metresPerMs } of arrivals) {
    const press = atMs - random.normal(PARAMETERS.pressAt.mean, PARAMETERS.pressAt.deviation) / metresPerMs;
    if (press < freeMs || !random.chance(takes)) continue;
    const burst = [press];
    while (burst.length < frames && random.chance(goesOn))
      burst.push((burst.at(-1) ?? press) + camera.spacing * 1000 * random.between(0.9, 1.15));
    bursts.push(burst);
    freeMs = (burst.at(-1) ?? press) + 1000 * random.between(busySeconds[0], busySeconds[1]);
  }
  return bursts;
}
