import type { Burst, Candidate, EventTrust, Frame } from './scene.ts';
import { WEIGHTS } from './weights.ts';

/** A bib with all that is known of it, however often it was given: several laps are several instants. */
export interface Runner {
  bib: string;
  listed: boolean;
  expected: { atMs: number; spreadMs: number }[];
  seenIn: Candidate['seenIn'];
}

/** Who may be on a frame before anything of it is looked at. */
export interface Before {
  /** Odds of each runner being before the lens. */
  odds: Float64Array;
  /** How many runners are expected before the lens together, at least .3. */
  together: number;
  /** Expected number of listed runners before the lens who are no candidates. */
  others: number;
  timed: boolean;
}

/** Numbers of which no list tells how many there are. */
const unlistedPopulation = 1000;
const fewestTogether = 0.3;
/** How far around an instant the flow of runners is averaged, ms. */
const flowSpreadMs = 15_000;

export function runnersOf({ candidates, frames, startListSize }: Burst): Runner[] {
  const runners = new Map<string, Runner>();
  for (const { bib, expected, seenIn } of candidates) {
    const known = runners.get(bib) ?? { bib, listed: true, expected: [], seenIn: [] };
    if (expected) known.expected.push(expected);
    known.seenIn = [...known.seenIn, ...seenIn];
    runners.set(bib, known);
  }
  const told = frames.flatMap(({ reads, decisions }) => [
    // A piece of a number names nobody.
    ...reads.filter(({ kind, partial }) => kind !== 'dropped' && partial === undefined),
    ...decisions,
  ]);
  for (const { bib } of told) {
    if (!runners.has(bib))
      runners.set(bib, { bib, listed: startListSize === null, expected: [], seenIn: [] });
  }
  // An order of its own, so that the order in which candidates are given changes nothing.
  return [...runners.values()].sort((a, b) => (a.bib < b.bib ? -1 : 1));
}

/** How many runners a bib is one of. */
export function populationOf(startListSize: number | null, runners: readonly Runner[]): number {
  return Math.max(startListSize ?? unlistedPopulation, runners.length, 1);
}

export function beforeLens(
  frame: Frame,
  { burst, runners, trust }: { burst: Burst; runners: readonly Runner[]; trust: EventTrust },
): Before {
  const population = populationOf(burst.startListSize, runners);
  const missing = population - runners.length;
  const share = (runner: Runner) => (runner.listed ? 1 : WEIGHTS.unlistedBib);
  if (!burst.timed || frame.atMs === null) {
    const together = Math.max(1, frame.persons.length);
    const odds = Float64Array.from(runners, (runner) => (share(runner) * together) / population);
    return { odds, together, others: (missing * together) / population, timed: false };
  }
  const atMs = frame.atMs;
  const together = Math.max(fewestTogether, flowAt(atMs, runners));
  const anytime = together / population;
  const odds = Float64Array.from(runners, (runner) => {
    if (runner.expected.length === 0) return WEIGHTS.passageGap * anytime * share(runner);
    const visible = Math.min(WEIGHTS.mostVisible, visibleAt(atMs, runner, burst.clockSpreadMs ?? 0));
    const sure = trust.timing * (1 - WEIGHTS.passageOutlier);
    const mixed = sure * visible + (1 - sure) * anytime;
    return mixed / (1 - mixed);
  });
  return { odds, together, others: missing * WEIGHTS.passageGap * anytime, timed: true };
}

/** Expected number of runners before the lens, by the flow around that instant. */
function flowAt(atMs: number, runners: readonly Runner[]): number {
  let sum = 0;
  for (const { expected } of runners) {
    for (const passage of expected) {
      const deviation = Math.max(flowSpreadMs, passage.spreadMs);
      sum += Math.exp(-0.5 * ((atMs - passage.atMs) / deviation) ** 2) / deviation;
    }
  }
  return (sum * WEIGHTS.visibleSeconds * 1000) / Math.sqrt(2 * Math.PI);
}

function visibleAt(atMs: number, { expected }: Runner, clockSpreadMs: number): number {
  const half = (WEIGHTS.visibleSeconds * 1000) / 2;
  let sum = 0;
  for (const passage of expected) {
    const deviation = Math.hypot(passage.spreadMs, clockSpreadMs, WEIGHTS.depthSeconds * 1000);
    const off = Math.abs(atMs - passage.atMs);
    sum += normalBelow((off + half) / deviation) - normalBelow((off - half) / deviation);
  }
  return sum;
}

/** The normal distribution function by Bowling and others (2009): a logistic curve, right to 1.4e-4. */
function normalBelow(x: number): number {
  return 1 / (1 + Math.exp(-0.07056 * x ** 3 - 1.5976 * x));
}
