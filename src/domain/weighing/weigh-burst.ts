import type { Clothing } from '#vision/findings.ts';
import { assignRunners } from './assign-runners.ts';
import { oddsOfReads } from './body-clues.ts';
import { calibrate } from './calibrate.ts';
import { clothingRatio, commonness } from './clothing-odds.ts';
import { depthOf, type LeadOf, type SureBody } from './depth-of-burst.ts';
import { type Body, bodiesOf } from './frame-bodies.ts';
import { type Heard, hearNeighbours, type OwnFrame } from './hear-neighbours.ts';
import { type Link, linkFrames } from './link-frames.ts';
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

/** The same with what the frames around and clothes say. */
export interface WeighedFrame {
  seen: SeenFrame;
  /** Of the whole burst. */
  all: readonly SeenFrame[];
  heard: Heard[][];
  pairs: Float64Array;
}

/**
 * How probable it is, for each photo of a burst and each runner, that the runner is on it; nobody under .05 is named. What a
 * candidate wore must come from other bursts than this one. The result does not depend on the order of candidates, persons or reads. Pure.
 */
export function weighBurst(burst: Burst, trust: EventTrust = fullTrust): Weighed[] {
  const scene = openScene(burst, trust);
  const seen = burst.frames.map((frame, index) => seeFrame(scene, frame, index));
  return seen.flatMap((frame) => tellFrame(scene, weighFrame(scene, frame, seen)));
}

export function openScene(burst: Burst, trust: EventTrust): Scene {
  const runners = runnersOf(burst);
  const bibs = runners.map(({ bib }) => bib);
  const bodies = burst.frames.map((frame) => bodiesOf(frame, bibs, burst.startListSize));
  return {
    burst,
    runners,
    population: populationOf(burst.startListSize, runners),
    bodies,
    links: linkFrames(burst.frames, bodies),
    crowd: runners.flatMap(({ seenIn }) => seenIn.slice(0, 1)),
    leadOf: depthOf(burst, sureBodies(burst, runners, bodies)),
    trust,
  };
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

function seeFrame(scene: Scene, frame: Frame, index: number): SeenFrame {
  const { runners, burst, trust, population } = scene;
  const bodies = scene.bodies[index] ?? [];
  const columns = runners.length;
  const before = beforeLens(frame, { burst, runners, trust });
  const words = new Map<string, Word>(frame.decisions.map(({ bib, decision }) => [bib, decision]));
  const timing: Float64Array[] = [];
  const odds = new Float64Array(bodies.length * columns);
  const prior = new Float64Array(odds.length);
  for (const [row, body] of bodies.entries()) {
    const { leadMs, deviationMs } = scene.leadOf(body);
    const byTime = before.oddsAt(leadMs, deviationMs);
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

function presentIn(pairs: Float64Array, columns: number): Float64Array {
  const present = new Float64Array(columns);
  for (const [at, pair] of pairs.entries()) present[at % columns] = (present[at % columns] ?? 0) + pair;
  return present;
}

function weighFrame(scene: Scene, seen: SeenFrame, all: readonly SeenFrame[]): WeighedFrame {
  const { runners, trust } = scene;
  const bodies = scene.bodies[seen.index] ?? [];
  const columns = runners.length;
  const odds = Float64Array.from(seen.odds);
  const heard = bodies.map((body, row) => {
    const links = scene.links[seen.index]?.[row] ?? [];
    const strongest = strongestRead(body, scene.population);
    const told = hearNeighbours(links, { own: all, runners: columns, trust: trust.neighbour, strongest });
    const clothing = clothingOf(scene, body, links);
    const common = clothing ? commonness(clothing, scene.crowd) : 1;
    for (const [column, runner] of runners.entries()) {
      const at = row * columns + column;
      let ratio = clothing && runner.seenIn.length > 0 ? clothesSay(scene, clothing, { runner, common }) : 1;
      for (const { ratios, worth } of told) ratio *= (ratios[column] ?? 1) ** worth;
      odds[at] = (odds[at] ?? 0) * ratio;
    }
    return told;
  });
  return { seen, all, heard, pairs: assignRunners(odds, bodies.length, columns) };
}

function strongestRead(body: Body, population: number): number {
  return Math.exp(Math.max(0, ...oddsOfReads(body, population).values()));
}

/** Expected number of people before the lens, in the place of this body, who are none of the candidates. */
function nobodyOf(body: Body, { together, others }: Before, bodies: number): number {
  const share = body.reads.length > 0 ? WEIGHTS.unlistedWearer : WEIGHTS.nobody;
  const runners = Math.max(together, bodies);
  const doubted = (1 - body.confidence) * runners;
  return share * runners + (body.reads.length > 0 ? 0 : WEIGHTS.bystanders) + doubted + others;
}

export function clothesSay(
  { trust }: Scene,
  clothing: Clothing,
  { runner, common }: { runner: Runner; common: number },
): number {
  const ratio = clothingRatio(clothing, runner.seenIn, common);
  return trust.clothing * ratio + 1 - trust.clothing;
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

function bestBody(
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

const leastPlaced = 0.01;

function tellFrame(scene: Scene, weighed: WeighedFrame): Weighed[] {
  const { frame, index } = weighed.seen;
  const words = new Map<string, Word>(frame.decisions.map(({ bib, decision }) => [bib, decision]));
  const present = presentIn(weighed.pairs, scene.runners.length);
  return scene.runners.flatMap((runner, column) => {
    const word = words.get(runner.bib);
    const most = runner.listed ? 1 : WEIGHTS.mostUnlisted;
    const alone = present[column] ?? 0;
    // Where timing says nothing only reads are weighed, and their confidence was calibrated on photos.
    const said = Math.min(most, weighed.seen.before.timed ? calibrate(alone) : alone);
    const probability = word ? Number(word === 'confirmed') : said;
    if (!word && probability < WEIGHTS.leastProbability) return [];
    const best = bestBody(scene, weighed.pairs, { index, column });
    const body = best && best.probability > leastPlaced ? scene.bodies[index]?.[best.row] : undefined;
    return [
      {
        photoId: frame.photoId,
        bib: runner.bib,
        probability,
        box: body ? boxOf(body, runner.bib) : null,
        evidence: tellEvidence(scene, weighed, { column, row: best?.row ?? null, word }),
      },
    ];
  });
}

/** Where the number stands, else the body. */
function boxOf({ reads, box }: Body, bib: string): Weighed['box'] {
  return reads.find(({ byBib }) => byBib.has(bib))?.read.box ?? box;
}
