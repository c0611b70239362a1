import { assignRunners } from './assign-runners.ts';
import { oddsOfReads } from './body-clues.ts';
import type { Body } from './frame-bodies.ts';
import type { OwnFrame } from './hear-neighbours.ts';
import type { Scene, Word } from './open-scene.ts';
import { type Before, beforeLens } from './runners-before-lens.ts';
import type { Frame } from './scene.ts';
import { WEIGHTS } from './weights.ts';

/** A frame with what its own reads, its instant and persons' words say. Bodies × runners. */
export interface SeenFrame extends OwnFrame {
  frame: Frame;
  index: number;
  before: Before;
  /** For each body, the odds of each runner by time alone, against a body of whom nothing is known. */
  timing: Float64Array[];
  /** Odds against the body being nobody of the runners. */
  odds: Float64Array;
}

export function seeFrame(scene: Scene, frame: Frame, index: number): SeenFrame {
  const { runners, burst, trust, population } = scene;
  const bodies = scene.bodies[index] ?? [];
  const columns = runners.length;
  const before = beforeLens(frame, { burst, runners, trust });
  const words = new Map<string, Word>(frame.decisions.map(({ bib, decision }) => [bib, decision]));
  const timing: Float64Array[] = [];
  const odds = new Float64Array(bodies.length * columns);
  const prior = new Float64Array(odds.length);
  for (const [row, body] of bodies.entries()) {
    const { aheadMs, deviationMs } = scene.aheadOf(body);
    const byTime = before.oddsAt(aheadMs, deviationMs);
    const nobody = nobodyOf(body, before, bodies.length);
    const said = oddsOfReads(body, population);
    timing.push(byTime);
    for (const [column, { bib }] of runners.entries()) {
      const at = row * columns + column;
      prior[at] = (byTime[column] ?? 0) / nobody;
      odds[at] = (prior[at] ?? 0) * Math.exp((said.get(bib) ?? 0) + wordOdds(words.get(bib)));
    }
  }
  const pairs = assignRunners(odds, bodies.length, columns);
  const rests = restsOf(pairs, columns);
  const unlooked = normalise(prior, columns);
  const nobody = bodies.map((_, row) => ({ pair: rests[row] ?? 0, prior: unlooked[row] ?? 0 }));
  return { frame, index, before, timing, odds, prior, pairs, nobody, present: presentIn(pairs, columns) };
}

function wordOdds(word: Word | undefined): number {
  if (!word) return 0;
  return word === 'confirmed' ? WEIGHTS.personWord : Number.NEGATIVE_INFINITY;
}

/** What each row leaves for nobody. */
function restsOf(pairs: Float64Array, columns: number): number[] {
  if (columns === 0) return [];
  return Array.from({ length: pairs.length / columns }, (_, row) =>
    Math.max(0, 1 - pairs.subarray(row * columns, (row + 1) * columns).reduce((sum, pair) => sum + pair, 0)),
  );
}

/** Turns odds against nobody into probabilities, and gives what each row leaves for nobody. */
function normalise(odds: Float64Array, columns: number): number[] {
  if (columns === 0) return [];
  return Array.from({ length: odds.length / columns }, (_, row) => {
    const own = odds.subarray(row * columns, (row + 1) * columns);
    const rest = 1 / (1 + own.reduce((sum, one) => sum + one, 0));
    for (const [column, one] of own.entries()) own[column] = one * rest;
    return rest;
  });
}

export function presentIn(pairs: Float64Array, columns: number): Float64Array {
  const present = new Float64Array(columns);
  for (const [at, pair] of pairs.entries()) present[at % columns] = (present[at % columns] ?? 0) + pair;
  return present;
}

/** Expected number of people before the lens, in the place of this body, who are none of the candidates. */
function nobodyOf(body: Body, { together, others }: Before, bodies: number): number {
  const share = body.reads.length > 0 ? WEIGHTS.unlistedWearer : WEIGHTS.nobody;
  const runners = Math.max(together, bodies);
  const doubted = (1 - body.confidence) * runners;
  return share * runners + (body.reads.length > 0 ? 0 : WEIGHTS.bystanders) + doubted + others;
}
