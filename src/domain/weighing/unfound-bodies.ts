import type { BoxNorm } from '#vision/findings.ts';
import type { Body } from './frame-bodies.ts';
import type { Scene } from './open-scene.ts';

/** A runner who is seen on frames around, but of whom no body was found here. */
export interface Unfound {
  probability: number;
  /** Where the runner should stand. */
  box: BoxNorm;
  /** The nearest frame where the runner is seen, and how surely the bodies that lead here are one person. */
  from: { frame: number; row: number };
  link: number;
}

interface Sighting {
  frame: number;
  row: number;
  body: Body;
  probability: number;
  atMs: number;
}

const surelyHere = 0.9;
const leastSeen = 0.5;
const leastLink = 0.3;
/** Bodies fill their boxes so far. */
const bodyInBox = 0.65;
/** Nobody is looked for farther from two sightings than this many times the way between them. */
const mostAhead = 1.6;

/**
 * Detectors overlook one body in twenty. Who is followed through the frames before and after, or through two beside, was here too if the way
 * leads through the picture and nobody nearer stood before: for each frame, by the runner's column.
 */
export function unfoundIn(scene: Scene, pairs: readonly Float64Array[]): Map<number, Unfound>[] {
  const columns = scene.runners.length;
  const sightings = sightingsOf(scene, pairs);
  return scene.bodies.map((_, frame) => {
    const found = new Map<number, Unfound>();
    for (const [column, seen] of sightings) {
      const own = pairs[frame] ?? new Float64Array();
      let here = 0;
      for (let at = column; at < own.length; at += columns) here += own[at] ?? 0;
      if (here > surelyHere) continue;
      const guess = guessAt(scene, seen, frame);
      if (guess) found.set(column, { ...guess, probability: guess.probability * Math.max(0, 1 - here) });
    }
    return found;
  });
}

function sightingsOf(
  { bodies, burst, runners }: Scene,
  pairs: readonly Float64Array[],
): Map<number, Sighting[]> {
  const sightings = new Map<number, Sighting[]>();
  for (const [frame, row] of bodies.entries()) {
    const atMs = burst.frames[frame]?.cameraAtMs;
    if (atMs == null) continue;
    for (const [at, body] of row.entries()) {
      for (let column = 0; column < runners.length; column++) {
        const probability = pairs[frame]?.[at * runners.length + column] ?? 0;
        if (probability < leastSeen || !body.found) continue;
        const known = sightings.get(column) ?? [];
        known.push({ frame, row: at, body, probability, atMs });
        sightings.set(column, known);
      }
    }
  }
  return sightings;
}

function guessAt(scene: Scene, seen: readonly Sighting[], frame: number): Unfound | null {
  const atMs = scene.burst.frames[frame]?.cameraAtMs;
  if (atMs == null) return null;
  const before = seen.filter((one) => one.frame < frame);
  const after = seen.filter((one) => one.frame > frame);
  const between = before.length > 0 && after.length > 0;
  const [a, b] = between
    ? [before.at(-1), after[0]]
    : before.length > 1
      ? before.slice(-2)
      : after.slice(0, 2);
  if (!a || !b || a.atMs === b.atMs) return null;
  const link =
    scene.links[a.frame]?.[a.row]?.find((one) => one.frame === b.frame && one.body === b.row)?.probability ??
    0;
  const share = (atMs - a.atMs) / (b.atMs - a.atMs);
  if (link < leastLink || share < 1 - mostAhead || share > mostAhead) return null;
  const box = onTheWay(a.body, b.body, share);
  if (!box) return null;
  const open = openShare(scene.bodies[frame] ?? [], box);
  const inside = box.x >= 0 && box.x + box.w <= 1;
  const probability = Math.min(a.probability, b.probability) * link * visible(between, inside, open);
  const { frame: near, row } = Math.abs(a.frame - frame) < Math.abs(b.frame - frame) ? a : b;
  return { probability, box: inPicture(box), link, from: { frame: near, row } };
}

/** 1/height of those who leave the picture. */
const nearest = 0.75;
/** Of less growth the way is no clearer than the time. */
const leastGrowth = 0.03;
const border = 0.02;

/** 1/height changes evenly, and everything else with the height. */
function onTheWay(a: Body, b: Body, share: number): BoxNorm | null {
  const inverse = 1 / a.height + share * (1 / b.height - 1 / a.height);
  if (inverse < nearest) return null;
  const height = 1 / inverse;
  const grown =
    Math.abs(b.height / a.height - 1) > leastGrowth ? (height - a.height) / (b.height - a.height) : share;
  const mix = (from: number, to: number) => from + grown * (to - from);
  const box = {
    x: mix(a.box.x, b.box.x),
    y: mix(a.box.y, b.box.y),
    w: mix(a.box.w, b.box.w),
    h: mix(a.box.h, b.box.h),
  };
  const middle = box.x + box.w / 2;
  return middle < border || middle > 1 - border ? null : box;
}

function inPicture({ x, y, w, h }: BoxNorm): BoxNorm {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return { x: left, y: top, w: Math.min(1, x + w) - left, h: Math.min(1, y + h) - top };
}

function openShare(bodies: readonly Body[], box: BoxNorm): number {
  let open = 1;
  for (const { box: other } of bodies) {
    if (other.h <= box.h) continue;
    const w = Math.min(box.x + box.w, other.x + other.w) - Math.max(box.x, other.x);
    const h = Math.min(box.y + box.h, other.y + other.h) - Math.max(box.y, other.y);
    if (w > 0 && h > 0) open *= 1 - (bodyInBox * w * h) / (box.w * box.h);
  }
  return open;
}

/** Shares measured on simulated events of other seeds than the reported ones: who stands behind others is overlooked because of them. */
function visible(between: boolean, inside: boolean, open: number): number {
  if (!inside) return 0.4;
  if (open < 0.25) return 0.8;
  return between ? (open > 0.5 ? 0.97 : 0.93) : 0.8;
}
