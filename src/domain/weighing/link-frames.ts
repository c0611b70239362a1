import { assignRunners } from './assign-runners.ts';
import { clothingRatio, commonness, type Worn, wornIn } from './clothing-odds.ts';
import type { Body } from './frame-bodies.ts';
import {
  densityOfMove,
  type Matched,
  motionOf,
  type PictureMotion,
  type Road,
  roadOf,
  unknownMotion,
  unknownRoad,
} from './picture-motion.ts';
import type { Frame } from './scene.ts';
import { WEIGHTS } from './weights.ts';

/** `body` of the other frame is the same person with this probability. */
export interface Link {
  frame: number;
  body: number;
  probability: number;
}

const unknownSeconds = 0.5;
const leastLink = 0.05;
const rounds = 3;
/** New bodies come anywhere in the picture, of sizes within a factor of e: the volume of all places and sizes. */
const placesAndSizes = 0.6;

/** For each frame and body, whom of the other frames it is likely to be: by place, size, clothes, and what was read. */
export function linkFrames(frames: readonly Frame[], bodies: readonly Body[][]): Link[][][] {
  const links: Link[][][] = bodies.map((row) => row.map(() => []));
  let road = unknownRoad;
  for (let from = 0; from < frames.length; from++) {
    const last = Math.min(frames.length - 1, from + WEIGHTS.mostNeighbourFrames);
    for (let to = from + 1; to <= last; to++) {
      const seconds = secondsBetween(frames[from], frames[to]);
      if (seconds > WEIGHTS.mostNeighbourSeconds) break;
      road = linkPair(links, bodies, { from, to, seconds, road });
    }
  }
  for (const row of links) for (const own of row) own.sort((a, b) => b.probability - a.probability);
  return links;
}

function secondsBetween(a: Frame | undefined, b: Frame | undefined): number {
  if (a?.cameraAtMs == null || b?.cameraAtMs == null) return unknownSeconds;
  return Math.abs(b.cameraAtMs - a.cameraAtMs) / 1000;
}

function linkPair(
  links: Link[][][],
  bodies: readonly Body[][],
  { from, to, seconds, road }: { from: number; to: number; seconds: number; road: Road },
): Road {
  const [left, right] = [bodies[from] ?? [], bodies[to] ?? []];
  if (left.length === 0 || right.length === 0) return road;
  let motion = unknownMotion(road, seconds);
  let pairs: Float64Array = new Float64Array();
  const looks = new Map([...left, ...right].map((body) => [body, body.clothing && wornIn([body.clothing])]));
  const crowd = [...looks.values()].flatMap((worn) => worn ?? []);
  const common = right.map((body) => {
    const worn = looks.get(body);
    return worn ? commonness(worn, crowd) : 1;
  });
  const alike = left.map((a) =>
    right.map((b, at) => clothesAlike(looks.get(a), looks.get(b), common[at] ?? 1) * readAgreement(a, b)),
  );
  for (let round = 0; round < rounds; round++) {
    const odds = left.flatMap((a, row) =>
      right.map((b, at) => (alike[row]?.[at] ?? 1) * moveOdds(a, b, { motion, right: right.length })),
    );
    pairs = assignRunners(Float64Array.from(odds), left.length, right.length);
    motion = motionOf(likely(left, right, pairs), road, seconds);
  }
  for (const [row, own] of left.entries()) {
    for (const [column] of right.entries()) {
      const probability = Math.min(WEIGHTS.mostLink, pairs[row * right.length + column] ?? 0);
      if (probability < leastLink || !own) continue;
      links[from]?.[row]?.push({ frame: to, body: column, probability });
      links[to]?.[column]?.push({ frame: from, body: row, probability });
    }
  }
  return roadOf(motion);
}

const likelyFrom = 0.3;

function likely(left: readonly Body[], right: readonly Body[], pairs: Float64Array): Matched[] {
  return left.flatMap((a, row) =>
    right.flatMap((b, at) => {
      const probability = pairs[row * right.length + at] ?? 0;
      return probability < likelyFrom ? [] : [{ a, b, probability }];
    }),
  );
}

/** By place and size: odds that two bodies are one person against the second having newly come into the picture. */
function moveOdds(a: Body, b: Body, { motion, right }: { motion: PictureMotion; right: number }): number {
  const lost = Math.min(0.9, WEIGHTS.lostNextFrame + WEIGHTS.lostPerSecond * motion.seconds);
  const fresh = Math.max(0.5, lost * right) / placesAndSizes;
  return ((1 - lost) * densityOfMove(a, b, motion)) / (lost * fresh);
}

function clothesAlike(a: Worn | null | undefined, b: Worn | null | undefined, common: number): number {
  return a && b ? clothingRatio(b, a, common) : 1;
}

/** Two reads that mean the same runner make one person likelier, two that contradict each other less likely. */
function readAgreement(a: Body, b: Body): number {
  const [left, right] = [a.reads[0], b.reads[0]];
  if (!left || !right) return 1;
  let both = 0;
  for (const [bib, { probability }] of left.byBib)
    both += probability * (right.byBib.get(bib)?.probability ?? 0);
  return 50 * both + left.rest + right.rest;
}
