import { type Worn, wornIn } from './clothing-odds.ts';
import type { Burst, Candidate, EventTrust, Frame } from './scene.ts';
import { WEIGHTS } from './weights.ts';

/** A bib with all that is known of it, however often it was given: several laps are several instants. */
export interface Runner {
  bib: string;
  listed: boolean;
  expected: { atMs: number; spreadMs: number }[];
  seenIn: Candidate['seenIn'];
  /** What they come to; null when nothing is known. */
  worn: Worn | null;
}

/** Who may be on a frame before anything of it is looked at. */
export interface Before {
  /** Odds of each runner to be a body that passes the spot so long after the frame, ms, with one deviation. */
  oddsAt: (aheadMs: number, deviationMs: number) => Float64Array;
  /** Odds of a runner of whom nothing is known. */
  anybody: number;
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
/** Deviations beyond which only an error of timing explains a runner. */
const farOff = 6;

export function runnersOf({ candidates, frames, startListSize }: Burst): Runner[] {
  const runners = new Map<string, Runner>();
  for (const { bib, expected, seenIn } of candidates) {
    const known = runners.get(bib) ?? { bib, listed: true, expected: [], seenIn: [], worn: null };
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
      runners.set(bib, { bib, listed: startListSize === null, expected: [], seenIn: [], worn: null });
  }
  for (const runner of runners.values()) runner.worn = wornIn(runner.seenIn);
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
    const anybody = together / population;
    const odds = Float64Array.from(runners, (runner) => share(runner) * anybody);
    return { oddsAt: () => odds, anybody, together, others: missing * anybody, timed: false };
  }
  const atMs = frame.atMs;
  const together = Math.max(fewestTogether, flowAt(atMs, runners));
  const anybody = together / population;
  const gap = WEIGHTS.passageGap * anybody;
  const sure = trust.timing * (1 - WEIGHTS.passageOutlier);
  const oddsAt = (aheadMs: number, deviationMs: number) =>
    Float64Array.from(runners, (runner) => {
      if (runner.expected.length === 0) return gap * share(runner);
      const visible = WEIGHTS.mostVisible * densityAt(atMs + aheadMs, runner, deviationMs);
      return (sure * visible) / (1 - Math.min(WEIGHTS.mostVisible, visible)) + (1 - sure) * anybody;
    });
  return { oddsAt, anybody, together, others: missing * gap, timed: true };
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

/** Expected number of times that the runner passes at that instant, per stay before the lens. */
function densityAt(atMs: number, { expected }: Runner, deviationMs: number): number {
  let sum = 0;
  for (const passage of expected) {
    const deviation = Math.hypot(passage.spreadMs, deviationMs);
    const off = (atMs - passage.atMs) / deviation;
    if (Math.abs(off) < farOff) sum += Math.exp(-0.5 * off * off) / deviation;
  }
  return (sum * WEIGHTS.visibleSeconds * 1000) / Math.sqrt(2 * Math.PI);
}
