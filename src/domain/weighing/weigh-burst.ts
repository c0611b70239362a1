import { assignRunners } from './assign-runners.ts';
import { oddsOfReads } from './body-clues.ts';
import { calibrate } from './calibrate.ts';
import { commonness } from './clothing-odds.ts';
import type { Body } from './frame-bodies.ts';
import { factorOf, type Heard, hearNeighbours } from './hear-neighbours.ts';
import { clothesSay, clothingOf, openScene, type Scene, type Word } from './open-scene.ts';
import type { Burst, EventTrust, Weighed } from './scene.ts';
import { presentIn, type SeenFrame, seeFrame } from './see-frame.ts';
import { tellEvidence } from './tell-evidence.ts';
import { type Unfound, unfoundIn } from './unfound-bodies.ts';
import { WEIGHTS } from './weights.ts';

/** Clues as they were fitted, before an event has told of itself. */
export const fullTrust: EventTrust = { timing: 1, neighbour: 1, clothing: 1 };

/** A frame with what the frames around and clothes say besides. */
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
  const weighed = seen.map((frame) => weighFrame(scene, frame, seen));
  const unfound = unfoundIn(
    scene,
    weighed.map(({ pairs }) => pairs),
  );
  return weighed.flatMap((frame, index) => tellFrame(scene, frame, unfound[index] ?? new Map()));
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
      let ratio = clothing && runner.worn ? clothesSay(scene, clothing, { worn: runner.worn, common }) : 1;
      for (const index of told.keys()) ratio *= factorOf(told, index, column);
      odds[at] = (odds[at] ?? 0) * ratio;
    }
    return told;
  });
  return { seen, all, heard, pairs: assignRunners(odds, bodies.length, columns) };
}

function strongestRead(body: Body, population: number): number {
  return Math.exp(Math.max(0, ...oddsOfReads(body, population).values()));
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

function tellFrame(scene: Scene, weighed: WeighedFrame, unfound: ReadonlyMap<number, Unfound>): Weighed[] {
  const { frame, index } = weighed.seen;
  const words = new Map<string, Word>(frame.decisions.map(({ bib, decision }) => [bib, decision]));
  const present = presentIn(weighed.pairs, scene.runners.length);
  return scene.runners.flatMap((runner, column) => {
    const word = words.get(runner.bib);
    const most = runner.listed ? 1 : WEIGHTS.mostUnlisted;
    const there = present[column] ?? 0;
    const around = unfound.get(column);
    const alone = Math.min(1, there + (around?.probability ?? 0));
    // Where timing says nothing only reads are weighed, and their confidence was calibrated on photos.
    const said = Math.min(most, weighed.seen.before.timed ? calibrate(alone) : alone);
    const probability = word ? Number(word === 'confirmed') : said;
    if (!word && probability < WEIGHTS.leastProbability) return [];
    const hidden = around && around.probability > there ? around : null;
    const best = hidden ? null : bestBody(scene, weighed.pairs, { index, column });
    const body = best && best.probability > leastPlaced ? scene.bodies[index]?.[best.row] : undefined;
    return [
      {
        photoId: frame.photoId,
        bib: runner.bib,
        probability,
        box: body ? boxOf(body, runner.bib) : (hidden?.box ?? null),
        evidence: tellEvidence(scene, weighed, { column, row: best?.row ?? null, word, hidden }),
      },
    ];
  });
}

/** Where the number stands, else the body. */
function boxOf({ reads, box }: Body, bib: string): Weighed['box'] {
  return reads.find(({ byBib }) => byBib.has(bib))?.read.box ?? box;
}
