import type { Clothing, Lab } from '#vision/findings.ts';
import { PARAMETERS } from './event-parameters.ts';
import type { Random } from './random.ts';

export interface SimulatedRunner {
  /** Unique; null of those who run without a number. */
  bib: string | null;
  /** Late entries are not. */
  listed: boolean;
  race: number;
  /** When the runner crosses the start line, ms of the event. */
  startMs: number;
  /** Time at every whole km from the start line, ms; index 0 is the start. Ends where the runner gives up. */
  kmMs: number[];
  clothing: Clothing;
  /** The number cannot be seen all race long. */
  hidden: boolean;
}

export interface SimulatedRace {
  name: string;
  km: number;
  bibs: { from: number; to: number };
}

export interface Field {
  races: SimulatedRace[];
  /** Everybody on the start list, those who did not come included. */
  startList: string[];
  runners: SimulatedRunner[];
}

/** Mean and deviation of L*a*b* of what 329 runners of the labelled photos wear (docs/attribution.md). Measured. */
const shirts = { mean: [48, 9, 5], deviation: [16.8, 13.1, 16.6] } as const;
const shorts = { mean: [32, 5, 1], deviation: [15.2, 8.1, 9.7] } as const;
const firstBib = 101;

export function drawField(size: number, random: Random): Field {
  const eventShirt = colour(shirts, random);
  const races: SimulatedRace[] = [];
  const startList: string[] = [];
  const runners: SimulatedRunner[] = [];
  let bib = firstBib;
  for (const [race, { name, share, km }] of PARAMETERS.races.entries()) {
    const count = Math.round(size * share);
    races.push({ name, km, bibs: { from: bib, to: bib + count - 1 } });
    const own = Array.from({ length: count }, (_, index) => String(bib + index));
    bib += count;
    startList.push(...own);
    runners.push(...drawRace({ bibs: own, race, eventShirt }, random.fork(name)));
  }
  const late = random.fork('late');
  for (const runner of runners) {
    if (late.chance(PARAMETERS.lateEntry)) Object.assign(runner, { bib: String(bib++), listed: false });
    else if (late.chance(PARAMETERS.withoutBib)) Object.assign(runner, { bib: null, listed: false });
  }
  return { races, startList, runners };
}

function drawRace(
  { bibs, race, eventShirt }: { bibs: string[]; race: number; eventShirt: Lab },
  random: Random,
): SimulatedRunner[] {
  const { paceSeconds, paceDeviation, km } = PARAMETERS.races[race] ?? PARAMETERS.races[0];
  const came = bibs
    .filter(() => !random.chance(PARAMETERS.noShow))
    .map((bib) => ({ bib, pace: Math.max(170, random.normal(paceSeconds, paceDeviation)) }));
  // Waves are filled by the times that runners hope for, which are not the ones they run.
  came.sort((a, b) => a.pace - b.pace + random.normal(0, 20));
  const first = race * PARAMETERS.betweenRacesSeconds * 1000;
  const { runners: perWave, everySeconds, crossPerSecond } = PARAMETERS.wave;
  const runners = came.map(({ bib, pace }, index): SimulatedRunner => {
    const wave = Math.floor(index / perWave);
    const cross = ((index % perWave) / crossPerSecond) * 1000 + random.between(0, 4000);
    const startMs = first + wave * everySeconds * 1000 + cross;
    const hidden = random.chance(PARAMETERS.hidden.allRace);
    const kmMs = drawPace({ startMs, pace, km }, random);
    return { bib, listed: true, race, startMs, kmMs, clothing: dress(eventShirt, random), hidden };
  });
  keepCompany(runners, random);
  return runners;
}

function drawPace(
  { startMs, pace, km }: { startMs: number; pace: number; km: number },
  random: Random,
): number[] {
  const until = random.chance(PARAMETERS.didNotFinish) ? random.whole(1, km - 1) : km;
  const times = [startMs];
  for (let at = 1; at <= until; at++) {
    const tired = 1 + (PARAMETERS.tired * at) / km;
    const last = times[at - 1] ?? startMs;
    times.push(last + pace * 1000 * tired * Math.exp(random.normal(0, PARAMETERS.kmNoise)));
  }
  return times;
}

/** Some run beside another of their wave. */
function keepCompany(runners: SimulatedRunner[], random: Random): void {
  for (const [index, runner] of runners.entries()) {
    const friend = runners[index - 1];
    if (!friend || !random.chance(PARAMETERS.company.share)) continue;
    const beside = random.normal(0, PARAMETERS.company.seconds * 1000);
    runner.startMs = friend.startMs + beside;
    runner.kmMs = friend.kmMs.map((at) => at + beside + random.normal(0, 300));
  }
}

function dress(eventShirt: Lab, random: Random): Clothing {
  const upper = random.chance(PARAMETERS.clothing.eventShirt) ? eventShirt : colour(shirts, random);
  return { upper, lower: colour(shorts, random) };
}

function colour({ mean, deviation }: typeof shirts | typeof shorts, random: Random): Lab {
  const axis = (at: 0 | 1 | 2) => random.normal(mean[at], deviation[at]);
  return [Math.min(97, Math.max(5, axis(0))), axis(1), axis(2)];
}

/** When the runner is so many km from the start, ms; null when the runner has given up before. */
export function timeAt({ kmMs }: SimulatedRunner, km: number): number | null {
  const whole = Math.floor(km);
  const from = kmMs[whole];
  if (from === undefined) return null;
  if (whole === km) return from;
  const to = kmMs[whole + 1];
  return to === undefined ? null : from + (to - from) * (km - whole);
}
