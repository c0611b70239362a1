import type { Clothing } from '#vision/findings.ts';
import { assignRunners } from './assign-runners.ts';
import { type Clue, clueRatio, cluesOf } from './body-clues.ts';
import { clothingRatio } from './clothing-odds.ts';
import { depthOf, type LeadOf, type SureBody } from './depth-of-burst.ts';
import { type Body, bodiesOf } from './frame-bodies.ts';
import { type Link, linkFrames } from './link-frames.ts';
import { wordOf } from './read-support.ts';
import { type Before, beforeLens, populationOf, type Runner, runnersOf } from './runners-before-lens.ts';
import type { Burst, EventTrust, Frame, Weighed } from './scene.ts';
import { tellEvidence } from './tell-evidence.ts';
import { WEIGHTS } from './weights.ts';

export type Word = Frame['decisions'][number]['decision'];

export const fullTrust: EventTrust = { timing: 1, neighbour: 1, clothing: 1 };

/** Everything of a burst that is worked out once for all its frames. */
export interface Scene {
  burst: Burst;
  runners: Runner[];
  population: number;
  bodies: Body[][];
  links: Link[][][];
  crowd: Clothing[];
  leadOf: LeadOf;
  trust: EventTrust;
}

/** A frame with the odds of each body being each runner, and what they rest on. */
export interface FrameOdds {
  frame: Frame;
  index: number;
  before: Before;
  clues: Clue[][];
  /** For each body, the odds of each runner by time alone. */
  prior: Float64Array[];
  /** Bodies × runners, against the body being nobody of them. */
  odds: Float64Array;
  /** The same layout: probabilities, each body being one runner at most and each runner one body. */
  pairs: Float64Array;
}

/**
 * How probable it is, for each photo of a burst and each runner, that the runner is on it; nobody under .02 is named. The
 * result does not depend on the order of candidates, persons or reads. Pure: 0.2 to 5 ms for a burst.
 */
export function weighBurst(burst: Burst, trust: EventTrust = fullTrust): Weighed[] {
  const scene = openScene(burst, trust);
  return burst.frames.flatMap((frame, index) => {
    const weighed = weighFrame(scene, frame, index);
    return tellFrame(scene, weighed);
  });
}

export function openScene(burst: Burst, trust: EventTrust): Scene {
  const runners = runnersOf(burst);
  const bibs = runners.map(({ bib }) => bib);
  const bodies = burst.frames.map((frame) => bodiesOf(frame, bibs, burst.startListSize));
  const scene = {
    burst,
    runners,
    population: populationOf(burst.startListSize, runners),
    bodies,
    links: linkFrames(burst.frames, bodies),
    crowd: runners.flatMap(({ seenIn }) => seenIn.slice(0, 1)),
    leadOf: depthOf(burst, sureBodies(burst, runners, bodies)),
    trust,
  };
  for (const [index, frame] of burst.frames.entries()) hearConfirmed(scene, frame, index);
  return scene;
}

const sureProbability = 0.9;

/** The bib that a body's own reads leave hardly a doubt of. */
export function sureBibOf({ reads }: Body): string | null {
  for (const [bib, { probability }] of reads[0]?.byBib ?? []) if (probability >= sureProbability) return bib;
  return null;
}

function sureBodies(burst: Burst, runners: readonly Runner[], bodies: readonly Body[][]): SureBody[] {
  const expectedOf = new Map(runners.map(({ bib, expected }) => [bib, expected]));
  const all = burst.frames.flatMap(({ atMs }, index) =>
    (bodies[index] ?? []).flatMap((body) => {
      const bib = sureBibOf(body);
      return bib === null || atMs === null ? [] : [{ bib, body, atMs, expected: expectedOf.get(bib) ?? [] }];
    }),
  );
  const counts = Map.groupBy(all, ({ bib }) => bib);
  return all.map((one) => ({ ...one, frames: counts.get(one.bib)?.length ?? 1 }));
}

/** A confirmed runner is found among the bodies of the frame, and speaks to the other frames like a certain read. */
function hearConfirmed(scene: Scene, frame: Frame, index: number): void {
  const confirmed = frame.decisions.filter(({ decision }) => decision === 'confirmed');
  if (confirmed.length === 0) return;
  const { pairs } = weighFrame(scene, frame, index);
  for (const { bib } of confirmed) {
    const best = bestBody(scene, pairs, {
      index,
      column: scene.runners.findIndex((runner) => runner.bib === bib),
    });
    scene.bodies[index]?.[best?.row ?? -1]?.reads.unshift(wordOf(bib));
  }
}

export function weighFrame(scene: Scene, frame: Frame, index: number): FrameOdds {
  const { runners, burst, trust } = scene;
  const before = beforeLens(frame, { burst, runners, trust });
  const words = new Map<string, Word>(frame.decisions.map(({ bib, decision }) => [bib, decision]));
  const bodies = scene.bodies[index] ?? [];
  const clues = bodies.map((body, at) =>
    cluesOf(body, scene.links[index]?.[at] ?? [], {
      bodies: scene.bodies,
      population: scene.population,
      trust: trust.neighbour,
    }),
  );
  const prior = bodies.map((body) => {
    const { leadMs, deviationMs } = scene.leadOf(body);
    return before.oddsAt(leadMs, deviationMs);
  });
  const odds = new Float64Array(bodies.length * runners.length);
  for (const [row, body] of bodies.entries()) {
    const nobody = nobodyOf(body, before, bodies.length);
    for (const [column, runner] of runners.entries()) {
      const word = words.get(runner.bib);
      if (word === 'rejected') continue;
      const ratio = ratioOf(
        scene,
        { body, clues: clues[row] ?? [], links: scene.links[index]?.[row] ?? [] },
        runner,
      );
      const said = word === 'confirmed' ? Math.exp(WEIGHTS.personWord) : 1;
      odds[row * runners.length + column] = ((prior[row]?.[column] ?? 0) * ratio * said) / nobody;
    }
  }
  return {
    frame,
    index,
    before,
    clues,
    prior,
    odds,
    pairs: assignRunners(odds, bodies.length, runners.length),
  };
}

/** Expected number of people before the lens, in the place of this body, who are none of the candidates. */
function nobodyOf(body: Body, { together, others }: Before, bodies: number): number {
  const share = body.reads.length > 0 ? WEIGHTS.unlistedWearer : WEIGHTS.nobody;
  const runners = Math.max(together, bodies);
  const doubted = (1 - body.confidence) * runners;
  return share * runners + (body.reads.length > 0 ? 0 : WEIGHTS.bystanders) + doubted + others;
}

/** What reads and clothes of the body say for a runner. */
function ratioOf(
  scene: Scene,
  { body, clues, links }: { body: Body; clues: readonly Clue[]; links: readonly Link[] },
  runner: Runner,
): number {
  let ratio = 1;
  for (const clue of clues) {
    const told = clueRatio(clue, runner.bib, scene.population);
    if (told !== 1) ratio *= told ** clue.worth;
  }
  for (const { frame, probability, body: at } of links) {
    if (isRejected(scene, frame, at, runner.bib)) ratio *= 1 - probability * scene.trust.neighbour;
  }
  if (runner.seenIn.length === 0) return ratio;
  const clothing = clothingOf(scene, body, links);
  return clothing ? ratio * clothesSay(scene, clothing, runner) : ratio;
}

/** Somebody said that the number read on this body is not its wearer's. */
function isRejected({ burst, bodies }: Scene, frame: number, body: number, bib: string): boolean {
  const decisions = burst.frames[frame]?.decisions ?? [];
  if (!decisions.some((said) => said.bib === bib && said.decision === 'rejected')) return false;
  return bodies[frame]?.[body]?.reads.some(({ byBib }) => byBib.has(bib)) ?? false;
}

export function clothesSay(scene: Scene, clothing: Clothing, runner: Runner): number {
  const ratio = clothingRatio(clothing, runner.seenIn, scene.crowd);
  return scene.trust.clothing * ratio + 1 - scene.trust.clothing;
}

/** Its own, or those of the body it most surely is on another frame. */
export function clothingOf(scene: Scene, body: Body, links: readonly Link[]): Clothing | null {
  if (body.clothing) return body.clothing;
  for (const { frame, body: at, probability } of links) {
    const clothing = scene.bodies[frame]?.[at]?.clothing;
    if (clothing && probability > 0.9) return clothing;
  }
  return null;
}

export function bestBody(
  { bodies, runners }: Scene,
  pairs: Float64Array,
  { index, column }: { index: number; column: number },
): { row: number; probability: number } | null {
  let best: { row: number; probability: number } | null = null;
  for (const [row] of (bodies[index] ?? []).entries()) {
    const probability = pairs[row * runners.length + column] ?? 0;
    if (probability > (best?.probability ?? 0)) best = { row, probability };
  }
  return best;
}

function tellFrame(scene: Scene, weighed: FrameOdds): Weighed[] {
  const { frame, index, pairs } = weighed;
  const words = new Map<string, Word>(frame.decisions.map(({ bib, decision }) => [bib, decision]));
  return scene.runners.flatMap((runner, column) => {
    const word = words.get(runner.bib);
    const best = bestBody(scene, pairs, { index, column });
    const probability = probabilityOf(scene, pairs, { index, column, word });
    if (!word && probability < WEIGHTS.leastProbability) return [];
    const body = best && scene.bodies[index]?.[best.row];
    return [
      {
        photoId: frame.photoId,
        bib: runner.bib,
        probability,
        box: (body && best.probability > 0.01 && boxOf(body, runner.bib)) || null,
        evidence: tellEvidence(scene, weighed, { column, row: best?.row ?? null, word }),
      },
    ];
  });
}

function probabilityOf(
  { bodies, runners }: Scene,
  pairs: Float64Array,
  { index, column, word }: { index: number; column: number; word: Word | undefined },
): number {
  if (word) return word === 'confirmed' ? 1 : 0;
  let sum = 0;
  for (const [row] of (bodies[index] ?? []).entries()) sum += pairs[row * runners.length + column] ?? 0;
  const most = runners[column]?.listed ? 1 : WEIGHTS.mostUnlisted;
  return Math.min(most, sum);
}

/** Where the number stands, else the body. */
function boxOf(body: Body, bib: string): Weighed['box'] {
  const support = body.reads.find(({ byBib, read }) => read && byBib.has(bib));
  return support?.read?.box ?? body.box;
}
