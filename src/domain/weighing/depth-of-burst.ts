import type { Body } from './frame-bodies.ts';
import type { Burst } from './scene.ts';
import { WEIGHTS } from './weights.ts';

/** How many seconds before the spot a body is, ms and their deviation, by how high it stands in the picture. */
export type AheadOf = (body: Body) => { aheadMs: number; deviationMs: number };

interface Observation {
  /** 1/height against the spot's. */
  x: number;
  /** Seconds until the runner's passage. */
  y: number;
  variance: number;
}

/** A body whose bib was read surely, and how many frames of the burst show the same. */
export interface SureBody {
  body: Body;
  atMs: number;
  expected: { atMs: number; spreadMs: number }[];
  frames: number;
}

/** A residual beyond so many deviations is another mistake. */
const mostDeviations = 4;
const lowestHeight = 0.05;

/**
 * A lens draws runners smaller the farther they still have to come. Bayesian linear regression of the seconds until a runner's
 * passage on 1/height, over the sure reads of the burst; few reads leave what was fitted beforehand. The constant takes in what
 * all bodies of a burst share: the error of the clock and the photographer's place.
 */
export function depthOf(burst: Burst, sure: readonly SureBody[]): AheadOf {
  const { seconds, offsetDeviation, secondsDeviation, rest } = WEIGHTS.depth;
  const clock = (burst.clockSpreadMs ?? 0) / 1000;
  const prior = { offset: 0, slope: seconds };
  let inverse = { oo: 1 / (offsetDeviation ** 2 + clock ** 2), os: 0, ss: 1 / secondsDeviation ** 2 };
  let right = { offset: inverse.oo * prior.offset, slope: inverse.ss * prior.slope };
  for (const { x, y, variance } of observationsOf(sure, rest)) {
    const off = y - (prior.offset + prior.slope * x);
    const deviation = Math.sqrt(variance + offsetDeviation ** 2 + clock ** 2 + (x * secondsDeviation) ** 2);
    if (Math.abs(off) > mostDeviations * deviation) continue;
    inverse = {
      oo: inverse.oo + 1 / variance,
      os: inverse.os + x / variance,
      ss: inverse.ss + (x * x) / variance,
    };
    right = { offset: right.offset + y / variance, slope: right.slope + (x * y) / variance };
  }
  const { oo, os, ss } = inverse;
  const determinant = oo * ss - os * os;
  const offset = (ss * right.offset - os * right.slope) / determinant;
  const slope = (oo * right.slope - os * right.offset) / determinant;
  return (body) => {
    const x = inverseHeight(body);
    const known = (ss - 2 * x * os + x * x * oo) / determinant;
    const guessed = body.found ? 0 : (slope * (x + 1 / WEIGHTS.depth.atHeight) * WEIGHTS.guessedBody) ** 2;
    return {
      aheadMs: 1000 * (offset + slope * x),
      deviationMs: 1000 * Math.sqrt(known + rest ** 2 + guessed),
    };
  };
}

function observationsOf(sure: readonly SureBody[], rest: number): Observation[] {
  return sure.flatMap(({ body, atMs, expected, frames }) => {
    const [nearest] = expected.toSorted((a, b) => Math.abs(a.atMs - atMs) - Math.abs(b.atMs - atMs));
    if (!nearest || !body.found) return [];
    const variance = frames * ((nearest.spreadMs / 1000) ** 2 + rest ** 2);
    return [{ x: inverseHeight(body), y: (nearest.atMs - atMs) / 1000, variance }];
  });
}

function inverseHeight({ height }: Body): number {
  return 1 / Math.max(lowestHeight, height) - 1 / WEIGHTS.depth.atHeight;
}
