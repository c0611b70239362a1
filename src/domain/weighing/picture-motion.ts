import { type Body, isCutOff } from './frame-bodies.ts';
import { WEIGHTS } from './weights.ts';

interface Guess {
  mean: number;
  variance: number;
}

/** What the frames of a burst share: runners come along one road, so that all of them move away from one point of the picture, the
 *  faster the nearer they are (the focus of expansion of a straight movement). */
export interface Road {
  /** Where the road vanishes. */
  x: Guess;
  y: Guess;
  /** Change of 1/height per second: the same for everybody of one pace, near or far. */
  nearer: Guess;
}

/** What moved between two frames: the runners along the road, and the camera in the hand. */
export interface PictureMotion {
  road: Road;
  seconds: number;
  x: Line;
  y: Line;
}

/** Displacement less growth × place = turn - growth × vanishing point: both with their covariance. */
interface Line {
  turn: number;
  point: number;
  turnVariance: number;
  covariance: number;
  pointVariance: number;
}

/** Two bodies that are one person with this probability. */
export interface Matched {
  a: Body;
  b: Body;
  probability: number;
}

export const unknownRoad: Road = {
  x: { mean: 0.5, variance: 0.8 ** 2 },
  y: { mean: 0.4, variance: 0.2 ** 2 },
  nearer: { mean: -0.25, variance: 0.3 ** 2 },
};

/** One deviation of how far a hand turns the camera from frame to frame, as a share of the picture. */
const turned = 0.08;
const lowest = 0.04;
/** Nobody comes so near from one frame to the next that 1/height falls below this share. */
const leastLeft = 0.4;
const leastSeconds = 0.05;
/** From pair to pair of frames the road is known a little less. */
const loosened = 1.3;

/** Before any body of the second frame is known again. */
export function unknownMotion(road: Road, seconds: number): PictureMotion {
  const line = ({ mean, variance }: Guess): Line => ({
    turn: 0,
    point: mean,
    turnVariance: turned ** 2,
    covariance: 0,
    pointVariance: variance,
  });
  return { road, seconds, x: line(road.x), y: line(road.y) };
}

/** Density of the second body's place and size, when it is the first one's person. */
export function densityOfMove(a: Body, b: Body, motion: PictureMotion): number {
  const growth = growthOf(a.height, motion);
  const shaken = shakeOf(a, b, motion.seconds) ** 2;
  const x = offLine(motion.x, { from: middleOf(a), to: middleOf(b), growth });
  const y = offLine(motion.y, { from: a.box.y, to: b.box.y, growth });
  const factor = 1 + growth.mean;
  const grown = Math.log(b.height / a.height) - Math.log(factor);
  const guessed = (a.found && b.found ? 0 : WEIGHTS.guessedBody) + (isCut(a, b) ? WEIGHTS.cutBody : 0);
  const height = (WEIGHTS.growthShake + guessed) ** 2 + growth.variance / factor ** 2;
  // Who is faster grows more and moves farther: size and place are off together.
  const across = shaken + x.variance + x.arm ** 2 * growth.variance;
  const both = (x.arm * growth.variance) / factor;
  const down = shaken + y.variance + y.arm ** 2 * growth.variance;
  const determinant = across * height - both * both;
  const square = (height * x.off ** 2 - 2 * both * x.off * grown + across * grown ** 2) / determinant;
  return (
    Math.exp(-0.5 * (square + y.off ** 2 / down)) / ((2 * Math.PI) ** 1.5 * Math.sqrt(determinant * down))
  );
}

/** By Bayesian linear regression over the likely pairs. */
export function motionOf(pairs: readonly Matched[], road: Road, seconds: number): PictureMotion {
  const known = { ...road, nearer: nearerOf(pairs, road.nearer, seconds) };
  const motion = unknownMotion(known, seconds);
  const top = ({ box }: Body) => box.y;
  return {
    ...motion,
    x: fitLine(pairs, motion, motion.x, middleOf),
    y: fitLine(pairs, motion, motion.y, top),
  };
}

/** What a pair of frames tells of the road, for the next one. */
export function roadOf({ road, x, y }: PictureMotion): Road {
  const looser = (mean: number, variance: number): Guess => ({ mean, variance: variance * loosened });
  return {
    x: looser(x.point, x.pointVariance),
    y: looser(y.point, y.pointVariance),
    nearer: looser(road.nearer.mean, road.nearer.variance),
  };
}

/** By what factor less one a body grows, when its runner is as fast as the others, give or take. */
function growthOf(height: number, { road: { nearer }, seconds }: PictureMotion): Guess {
  const inverse = 1 / Math.max(lowest, height);
  const next = Math.max(leastLeft * inverse, inverse + nearer.mean * seconds);
  const slope = inverse / next ** 2;
  const pace = WEIGHTS.paceSpread * nearer.mean;
  return { mean: inverse / next - 1, variance: (slope * seconds) ** 2 * (nearer.variance + pace ** 2) };
}

/** How far a body is from where the line lets expect it, and how much of a faster runner's growth shows there. */
function offLine(line: Line, { from, to, growth }: { from: number; to: number; growth: Guess }) {
  const { mean } = growth;
  return {
    off: to - from - mean * from - (line.turn - mean * line.point),
    variance: line.turnVariance - 2 * mean * line.covariance + mean ** 2 * line.pointVariance,
    arm: from - line.point,
  };
}

function nearerOf(pairs: readonly Matched[], prior: Guess, seconds: number): Guess {
  const between = Math.max(leastSeconds, seconds);
  let [weight, sum] = [1 / prior.variance, prior.mean / prior.variance];
  for (const { a, b, probability } of pairs) {
    if (isCut(a, b) || !a.found || !b.found) continue;
    const measured = WEIGHTS.growthShake / Math.sqrt(a.height * b.height) / between;
    const own = probability / (measured ** 2 + (WEIGHTS.paceSpread * prior.mean) ** 2);
    weight += own;
    sum += (own * (1 / b.height - 1 / a.height)) / between;
  }
  return { mean: sum / weight, variance: 1 / weight };
}

function fitLine(
  pairs: readonly Matched[],
  motion: PictureMotion,
  prior: Line,
  of: (body: Body) => number,
): Line {
  const before = prior.turnVariance * prior.pointVariance - prior.covariance ** 2;
  let tt = prior.pointVariance / before;
  let tp = -prior.covariance / before;
  let pp = prior.turnVariance / before;
  let [t, p] = [tt * prior.turn + tp * prior.point, tp * prior.turn + pp * prior.point];
  for (const { a, b, probability } of pairs) {
    const { mean, variance } = growthOf(a.height, motion);
    const weight = probability / (shakeOf(a, b, motion.seconds) ** 2 + (of(a) - prior.point) ** 2 * variance);
    const moved = of(b) - of(a) - mean * of(a);
    tt += weight;
    tp -= weight * mean;
    pp += weight * mean ** 2;
    t += weight * moved;
    p -= weight * mean * moved;
  }
  const after = tt * pp - tp ** 2;
  return {
    turn: (pp * t - tp * p) / after,
    point: (tt * p - tp * t) / after,
    turnVariance: pp / after,
    covariance: -tp / after,
    pointVariance: tt / after,
  };
}

/** One deviation of where a body is found, besides all that moves. */
function shakeOf(a: Body, b: Body, seconds: number): number {
  const guessed = a.found && b.found ? 0 : WEIGHTS.guessedBody;
  return (WEIGHTS.motionShake + WEIGHTS.motionPerSecond * seconds + guessed) * Math.sqrt(a.height * b.height);
}

function isCut(a: Body, b: Body): boolean {
  return isCutOff(a) || isCutOff(b);
}

function middleOf({ box }: Body): number {
  return box.x + box.w / 2;
}
