import { assignRunners } from './assign-runners.ts';
import { clothingDistance } from './clothing-odds.ts';
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
/** Deviations from which two bodies are as likely to be two people as one, when both would stand alone. */
const strangerDensity = 0.02;
const leastLink = 0.05;
const panRounds = 2;

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
  let pan = { x: 0, y: 0 };
  let pairs: Float64Array = new Float64Array();
  for (let round = 0; round < panRounds; round++) {
    const shake = round === 0 ? 3 : 1;
    const odds = Float64Array.from(
      left.flatMap((a) => right.map((b) => sameOdds(a, b, { seconds, pan, shake }))),
    );
    pairs = assignRunners(odds, left.length, right.length);
    pan = panOf(left, right, pairs);
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

/** Odds that two bodies are one person against each being somebody else. */
function sameOdds(
  a: Body,
  b: Body,
  { seconds, pan, shake }: { seconds: number; pan: { x: number; y: number }; shake: number },
): number {
  const height = Math.sqrt(a.box.h * b.box.h);
  const motion = (WEIGHTS.motionShake * shake + WEIGHTS.motionPerSecond * seconds) * height;
  const growth = WEIGHTS.growthShake + WEIGHTS.growthPerSecond * seconds + (a.found && b.found ? 0 : 0.25);
  const dx = middleOf(b).x - middleOf(a).x - pan.x;
  const dy = middleOf(b).y - middleOf(a).y - pan.y;
  const grown = Math.log(b.box.h / a.box.h);
  const logDensity = -0.5 * ((dx / motion) ** 2 + (dy / motion) ** 2 + (grown / growth) ** 2);
  const clothes =
    a.clothing && b.clothing
      ? -0.5 * (clothingDistance(a.clothing, b.clothing) / WEIGHTS.clothingNextFrame) ** 2
      : -1;
  const lost = WEIGHTS.lostNextFrame + 0.05 * seconds;
  return (
    (Math.exp(logDensity + Math.max(clothes, -6)) * readAgreement(a, b)) / (strangerDensity + lost * 0.1)
  );
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

/** The camera follows: how all bodies moved together, by the median of the likely pairs. */
function panOf(left: readonly Body[], right: readonly Body[], pairs: Float64Array): { x: number; y: number } {
  const moves = left.flatMap((a, row) =>
    right.flatMap((b, column) =>
      (pairs[row * right.length + column] ?? 0) > 0.5
        ? { x: middleOf(b).x - middleOf(a).x, y: middleOf(b).y - middleOf(a).y }
        : [],
    ),
  );
  return { x: median(moves.map(({ x }) => x)), y: median(moves.map(({ y }) => y)) };
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? 0;
}
