import type { Clothing, Lab } from '#vision/findings.ts';
import { WEIGHTS } from './weights.ts';

/** What somebody wears, as far as several looks tell. */
export interface Worn {
  upper: Colour;
  /** Null when the legs were never seen. */
  lower: Colour | null;
}

interface Colour {
  mean: Lab;
  /** How many looks it is worth. */
  looks: number;
}

/** L*a*b* distance (CIE76) of what two bodies wear, the mean of both halves where both are seen. */
export function clothingDistance(a: Clothing, b: Clothing): number {
  const upper = labDistance(a.upper, b.upper);
  return a.lower && b.lower ? (upper + labDistance(a.lower, b.lower)) / 2 : upper;
}

function labDistance([l, a, b]: Lab, [l2, a2, b2]: Lab): number {
  return Math.hypot(l - l2, a - a2, b - b2);
}

/** The middle of several looks at one person, those left out that agree with none; null without any. */
export function wornIn(looks: readonly Clothing[], worth: readonly number[] = []): Worn | null {
  const upper = colourOf(looks.map((one, at) => ({ colour: one.upper, worth: worth[at] ?? 1 })));
  if (!upper) return null;
  const lower = colourOf(
    looks.flatMap((one, at) => (one.lower ? [{ colour: one.lower, worth: worth[at] ?? 1 }] : [])),
  );
  return { upper, lower };
}

const steps = 3;

/** Mean of a normal distribution with gross errors, by expectation maximisation from the look that the others are nearest to. */
function colourOf(looks: readonly { colour: Lab; worth: number }[]): Colour | null {
  const [first] = looks;
  if (!first) return null;
  if (looks.length === 1) return { mean: first.colour, looks: first.worth };
  let mean = mostMiddle(looks);
  let sum = first.worth;
  for (let step = 0; step < steps; step++) {
    const weights = looks.map(({ colour, worth }) => worth * shareRight(colour, mean));
    sum = weights.reduce((total, one) => total + one, 0);
    const axis = (at: 0 | 1 | 2) =>
      looks.reduce((total, { colour }, index) => total + (weights[index] ?? 0) * colour[at], 0) / sum;
    mean = [axis(0), axis(1), axis(2)];
  }
  return { mean, looks: Math.max(leastLooks, sum) };
}

const leastLooks = 0.25;

function mostMiddle(looks: readonly { colour: Lab; worth: number }[]): Lab {
  let best = looks[0]?.colour ?? middle;
  let least = Number.POSITIVE_INFINITY;
  for (const { colour } of looks) {
    const sum = looks.reduce((total, other) => total + labDistance(colour, other.colour), 0);
    if (sum < least) [best, least] = [colour, sum];
  }
  return best;
}

/** That a look is no gross error. */
function shareRight(colour: Lab, mean: Lab): number {
  const right = (1 - WEIGHTS.clothingGross) * Math.exp(logNormal(colour, mean, 2));
  return right / (right + WEIGHTS.clothingGross * Math.exp(logNormal(colour, mean, 2 * grossVariance)));
}

/** How common these clothes are: among those whom one may meet here, and at all. */
export function commonness(seen: Worn, crowd: readonly Worn[]): number {
  const others = crowd.slice(0, mostOfCrowd);
  const sum = others.reduce((total, other) => total + density(seen, other), crowdPrior * broadDensity(seen));
  return Math.max(1e-300, sum / (others.length + crowdPrior));
}

/** How much likelier these clothes are on a runner who wore `worn` than on anybody: a white shirt among white shirts says
 *  little. Never below the chance that clothes were changed. */
export function clothingRatio(seen: Worn, worn: Worn, common: number): number {
  return (1 - WEIGHTS.clothingChanged) * (density(seen, worn) / common) + WEIGHTS.clothingChanged;
}

const mostOfCrowd = 60;
/** The general spread of clothes counts like so many runners. */
const crowdPrior = 8;
/** Gross errors are three times as large. */
const grossVariance = 9;

function density(seen: Worn, other: Worn): number {
  const upper = oneDensity(seen.upper, other.upper);
  if (!seen.lower) return upper;
  const lower = other.lower ? oneDensity(seen.lower, other.lower) : Math.exp(broad(seen.lower.mean));
  return upper * lower ** WEIGHTS.clothingLower;
}

function oneDensity(a: Colour, b: Colour): number {
  const looks = 1 / a.looks + 1 / b.looks;
  const gross = Math.min(0.5, WEIGHTS.clothingGross * looks);
  return (
    (1 - gross) * Math.exp(logNormal(a.mean, b.mean, looks)) +
    gross * Math.exp(logNormal(a.mean, b.mean, looks * grossVariance))
  );
}

function broadDensity({ upper, lower }: Worn): number {
  return Math.exp(broad(upper.mean) + (lower ? WEIGHTS.clothingLower * broad(lower.mean) : 0));
}

/** `looks`: how many times the variance of one look lies between the two. */
function logNormal(a: Lab, b: Lab, looks: number): number {
  let sum = 0;
  for (let axis = 0; axis < 3; axis++) {
    const variance = looks * (WEIGHTS.clothingWithin[axis] ?? 1) ** 2 + WEIGHTS.clothingLight ** 2;
    sum -= 0.5 * (((a[axis] ?? 0) - (b[axis] ?? 0)) ** 2 / variance + Math.log(variance));
  }
  return sum;
}

const middle: Lab = [45, 5, 2];

function broad(colour: Lab): number {
  return colour.reduce((sum, value, axis) => {
    const deviation = WEIGHTS.clothingBetween[axis] ?? 1;
    return sum - 0.5 * ((value - (middle[axis] ?? 0)) / deviation) ** 2 - Math.log(deviation);
  }, 0);
}
