import { clothingRatio, commonness, wornIn } from './clothing-odds.ts';
import { linkFrames } from './link-frames.ts';
import { openScene, type Scene, sureBibOf } from './open-scene.ts';
import { beforeLens } from './runners-before-lens.ts';
import type { Burst, EventTrust } from './scene.ts';
import { fullTrust } from './weigh-burst.ts';
import { WEIGHTS } from './weights.ts';

/** What a clue said of runners whom a read names anyway, as how much likelier than by chance. */
interface Witness {
  ratios: number[];
}

/** Trust as fitted counts like so many observations: a few sure reads change little. */
const priorCount = 20;
const steps = 40;
const mostObservations = 2_000;

/**
 * How far the clues of an event hold, from its own sure reads: each is hidden, and it is seen how well timing, the frames
 * beside it, and clothes told its runner. Pure; the same for any order of bursts up to 2,000 sure reads, of which the first
 * are taken. `seenIn` must not come from the bursts themselves.
 */
export function learnTrust(bursts: readonly Burst[]): EventTrust {
  const timing: Witness = { ratios: [] };
  const neighbour = { right: 0, claimed: 0 };
  const clothing: Witness = { ratios: [] };
  for (const burst of bursts) {
    if (timing.ratios.length + clothing.ratios.length >= mostObservations) break;
    const scene = openScene(burst, fullTrust);
    hearTiming(scene, timing);
    hearClothing(scene, clothing);
    hearNeighbours(scene, neighbour);
  }
  return {
    timing: trustIn(timing),
    neighbour: Math.min(1, (neighbour.right + priorCount) / (neighbour.claimed + priorCount)),
    clothing: trustIn(clothing),
  };
}

/** The share of observations for which the clue held: the most probable mixture of the clue and of chance (expectation
 *  maximisation), with the prior counted in. */
function trustIn({ ratios }: Witness): number {
  let trust = 0.9;
  for (let step = 0; step < steps; step++) {
    const held = ratios.reduce((sum, ratio) => sum + (trust * ratio) / (trust * ratio + 1 - trust), 0);
    trust = (held + priorCount) / (ratios.length + priorCount);
  }
  return Math.round(trust * 1000) / 1000;
}

function hearTiming({ burst, runners, bodies, aheadOf }: Scene, witness: Witness): void {
  const at = new Map(runners.map(({ bib }, index) => [bib, index]));
  for (const [index, frame] of burst.frames.entries()) {
    const before = beforeLens(frame, { burst, runners, trust: fullTrust });
    if (!before.timed) continue;
    for (const body of bodies[index] ?? []) {
      const bib = sureBibOf(body);
      const column = bib === null ? undefined : at.get(bib);
      const runner = column === undefined ? undefined : runners[column];
      if (!runner?.listed || runner.expected.length === 0) continue;
      const { aheadMs, deviationMs } = aheadOf(body);
      const odds = before.oddsAt(aheadMs, deviationMs)[column ?? 0] ?? 0;
      // The outliers that were mixed in are chance here.
      witness.ratios.push(Math.max(0, odds / before.anybody - WEIGHTS.passageOutlier));
    }
  }
}

function hearClothing({ runners, bodies, crowd }: Scene, witness: Witness): void {
  const wornBy = new Map(runners.map(({ bib, worn }) => [bib, worn]));
  for (const body of bodies.flat()) {
    const bib = sureBibOf(body);
    const worn = bib === null ? null : wornBy.get(bib);
    const seen = body.clothing && wornIn([body.clothing]);
    if (!seen || !worn) continue;
    witness.ratios.push(clothingRatio(seen, worn, commonness(seen, crowd)));
  }
}

/** Bodies are followed with their numbers hidden; then it is seen whether those at both ends say the same. */
function hearNeighbours({ burst, bodies }: Scene, told: { right: number; claimed: number }): void {
  const hidden = bodies.map((row) => row.map((body) => ({ ...body, reads: [] })));
  for (const [index, row] of linkFrames(burst.frames, hidden).entries()) {
    for (const [at, [best]] of row.entries()) {
      const own = bodies[index]?.[at];
      const other = best && bodies[best.frame]?.[best.body];
      const [here, there] = [own && sureBibOf(own), other && sureBibOf(other)];
      if (!best || !here || !there) continue;
      told.claimed += best.probability;
      if (here === there) told.right += 1;
    }
  }
}
