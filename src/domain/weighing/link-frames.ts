import { assignRunners } from './assign-runners.ts';
import { clothingRatio, commonness } from './clothing-odds.ts';
import type { Body } from './frame-bodies.ts';
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

/** How the picture as a whole changed from one frame to the other: the camera was moved, and runners came nearer. */
interface Change {
  x: number;
  y: number;
  /** Logarithm of the growth of a body as high as the picture. */
  growth: number;
  /** How far this is known, as a factor on all deviations. */
  looseness: number;
}

/** For each frame and body, whom of the other frames it is likely to be: by place, size, clothes, and what was read. */
export function linkFrames(frames: readonly Frame[], bodies: readonly Body[][]): Link[][][] {
  const links: Link[][][] = bodies.map((row) => row.map(() => []));
  for (let from = 0; from < frames.length; from++) {
    const last = Math.min(frames.length - 1, from + WEIGHTS.mostNeighbourFrames);
    for (let to = from + 1; to <= last; to++) {
      const seconds = secondsBetween(frames[from], frames[to]);
      if (seconds > WEIGHTS.mostNeighbourSeconds) break;
      linkPair(links, bodies, { from, to, seconds });
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
  { from, to, seconds }: { from: number; to: number; seconds: number },
): void {
  const [left, right] = [bodies[from] ?? [], bodies[to] ?? []];
  if (left.length === 0 || right.length === 0) return;
  let change: Change = { x: 0, y: 0, growth: 0, looseness: 2.5 };
  let pairs: Float64Array = new Float64Array();
  const crowd = [...left, ...right].flatMap(({ clothing }) => clothing ?? []);
  const common = right.map(({ clothing }) => (clothing ? commonness(clothing, crowd) : 1));
  const alike = left.map((a) => right.map((b, at) => lookAlike(a, b, common[at] ?? 1)));
  for (let round = 0; round < rounds; round++) {
    const odds = left.flatMap((a, row) =>
      right.map(
        (b, at) => (alike[row]?.[at] ?? 1) * moveOdds(a, b, { seconds, change, right: right.length }),
      ),
    );
    pairs = assignRunners(Float64Array.from(odds), left.length, right.length);
    change = changeBetween(left, right, pairs);
  }
  for (const [row, own] of left.entries()) {
    for (const [column] of right.entries()) {
      const probability = Math.min(WEIGHTS.mostLink, pairs[row * right.length + column] ?? 0);
      if (probability < leastLink || !own) continue;
      links[from]?.[row]?.push({ frame: to, body: column, probability });
      links[to]?.[column]?.push({ frame: from, body: row, probability });
    }
  }
}

/** By place and size: odds that two bodies are one person against the second having newly come into the picture. */
function moveOdds(
  a: Body,
  b: Body,
  { seconds, change, right }: { seconds: number; change: Change; right: number },
): number {
  const height = Math.sqrt(a.box.h * b.box.h);
  const guessed = a.found && b.found ? 0 : WEIGHTS.guessedBody;
  const motion =
    (WEIGHTS.motionShake + WEIGHTS.motionPerSecond * seconds + guessed) * height * change.looseness;
  const growth = (WEIGHTS.growthShake + WEIGHTS.growthPerSecond * seconds + guessed) * change.looseness;
  const dx = middleOf(b).x - middleOf(a).x - change.x;
  const dy = middleOf(b).y - middleOf(a).y - change.y;
  const grown = Math.log(b.box.h / a.box.h) - change.growth * height;
  const density =
    Math.exp(-0.5 * ((dx / motion) ** 2 + (dy / motion) ** 2 + (grown / growth) ** 2)) /
    ((2 * Math.PI) ** 1.5 * motion * motion * growth);
  const lost = Math.min(0.9, WEIGHTS.lostNextFrame + WEIGHTS.lostPerSecond * seconds);
  const fresh = Math.max(0.5, lost * right) / placesAndSizes;
  return ((1 - lost) * density) / (lost * fresh);
}

/** By clothes and numbers. */
function lookAlike(a: Body, b: Body, common: number): number {
  const clothes = a.clothing && b.clothing ? clothingRatio(b.clothing, [a.clothing], common) : 1;
  return clothes * readAgreement(a, b);
}

function middleOf({ box }: Body): { x: number; y: number } {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
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

/** By the middle of the likely pairs; the more there are, the surer. */
function changeBetween(left: readonly Body[], right: readonly Body[], pairs: Float64Array): Change {
  const moves = left.flatMap((a, row) =>
    right.flatMap((b, column) => {
      if ((pairs[row * right.length + column] ?? 0) < 0.5) return [];
      const growth = Math.log(b.box.h / a.box.h) / Math.sqrt(a.box.h * b.box.h);
      return { x: middleOf(b).x - middleOf(a).x, y: middleOf(b).y - middleOf(a).y, growth };
    }),
  );
  const middle = (of: (move: (typeof moves)[number]) => number) => median(moves.map(of));
  const looseness = 1 + 1.5 / (1 + moves.length);
  return {
    x: middle(({ x }) => x),
    y: middle(({ y }) => y),
    growth: middle(({ growth }) => growth),
    looseness,
  };
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? 0;
}
