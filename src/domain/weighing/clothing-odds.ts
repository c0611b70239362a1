import type { Clothing, Lab } from '#vision/findings.ts';
import { WEIGHTS } from './weights.ts';

/** L*a*b* distance (CIE76) of what two bodies wear, the mean of both halves where both are seen. */
export function clothingDistance(a: Clothing, b: Clothing): number {
  const upper = labDistance(a.upper, b.upper);
  return a.lower && b.lower ? (upper + labDistance(a.lower, b.lower)) / 2 : upper;
}

function labDistance([l, a, b]: Lab, [l2, a2, b2]: Lab): number {
  return Math.hypot(l - l2, a - a2, b - b2);
}

/** How common these clothes are: among those whom one may meet here, and at all. */
export function commonness(seen: Clothing, crowd: readonly Clothing[]): number {
  const others = crowd.slice(0, mostOfCrowd);
  const sum = others.reduce((total, other) => total + density(seen, other), crowdPrior * broadDensity(seen));
  return Math.max(1e-300, sum / (others.length + crowdPrior));
}

/** How much likelier these clothes are on a runner who was seen in `worn` than on anybody: a white shirt among white shirts says
 *  little. Never below the chance that clothes were changed. */
export function clothingRatio(seen: Clothing, worn: readonly Clothing[], common: number): number {
  if (worn.length === 0) return 1;
  const own = worn.reduce((sum, other) => sum + density(seen, other), 0) / worn.length;
  return (1 - WEIGHTS.clothingChanged) * (own / common) + WEIGHTS.clothingChanged;
}

const mostOfCrowd = 60;
/** The general spread of clothes counts like so many runners. */
const crowdPrior = 8;
/** Upper and lower are not independent of each other or of the light: together they are worth one and a half. */
const lowerWorth = 0.5;

function density(seen: Clothing, other: Clothing): number {
  const within = WEIGHTS.clothingWithin;
  const upper = logNormal(labDistance(seen.upper, other.upper), within);
  if (!seen.lower) return Math.exp(upper);
  const lower = other.lower ? logNormal(labDistance(seen.lower, other.lower), within) : broad(seen.lower);
  return Math.exp(upper + lowerWorth * lower);
}

function broadDensity({ upper, lower }: Clothing): number {
  return Math.exp(broad(upper) + (lower ? lowerWorth * broad(lower) : 0));
}

/** In three dimensions, the same in each. */
function logNormal(distance: number, deviation: number): number {
  return -0.5 * (distance / deviation) ** 2 - 3 * Math.log(deviation);
}

const middle: Lab = [45, 5, 2];

function broad(colour: Lab): number {
  return colour.reduce((sum, value, axis) => {
    const deviation = WEIGHTS.clothingBetween[axis] ?? 1;
    return sum - 0.5 * ((value - (middle[axis] ?? 0)) / deviation) ** 2 - Math.log(deviation);
  }, 0);
}
