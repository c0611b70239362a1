// Straight edges by growing regions of equal gradient direction, after the line segment detector of Grompone von Gioi,
// Jakubowicz, Morel and Randall (2010), without its statistics: here only long edges near upright or level count.
import type { Grey } from './grey.ts';

export interface Line {
  /** Of its middle, as shares of the picture's width and height. */
  x: number;
  y: number;
  /** Share of the picture's long side. */
  length: number;
  family: 'upright' | 'level';
  /** Clockwise from exactly upright or exactly level. */
  degrees: number;
}

/** LSD's floor: under it the rounding of pixel values alone may turn a gradient by 22.5°. */
const leastStep = 5.2;
const leastLengthShare = 0.04;
const mostDegrees = 14;
const regionDegrees = 12;
/** A region thicker than this is a shaded surface, not an edge. */
const mostThicknessPx = 4;
/** Pixels of the region per pixel of its length: a broken chain is no line. */
const leastDensity = 0.8;
/** Lines this near the border may be a printed frame. */
const frameShare = 0.04;
const mostLines = 400;

/** The straight edges within 14° of upright or level, longest first. */
export function findLines(grey: Grey): Line[] {
  const gradients = measureGradients(grey);
  const region = new Int32Array(gradients.strongestFirst.length);
  const longSidePx = Math.max(grey.widthPx, grey.heightPx);
  const leastPixels = leastLengthShare * longSidePx * leastDensity;
  const lines: Line[] = [];
  for (const seed of gradients.strongestFirst) {
    if (gradients.taken[seed] === 1) continue;
    const count = growRegion(seed, gradients, grey.widthPx, region);
    const line = count < leastPixels ? null : fitLine(region.subarray(0, count), grey, longSidePx);
    if (line) lines.push(line);
  }
  return lines.sort((a, b) => b.length - a.length).slice(0, mostLines);
}

interface Gradients {
  /** Of the edge, modulo 180°, clockwise from level; only where `taken` began as 0. */
  direction: Float32Array;
  /** 1 once a pixel belongs to a region, or to none ever. */
  taken: Uint8Array;
  strongestFirst: Int32Array;
}

const steps = 256;
/** Of the smaller part of a gradient to the larger one: directions further from both families are told without an angle. */
const mostSlope = Math.tan(((mostDegrees + regionDegrees) * Math.PI) / 180);

function measureGradients({ values, widthPx, heightPx }: Grey): Gradients {
  const direction = new Float32Array(widthPx * heightPx);
  const taken = new Uint8Array(widthPx * heightPx).fill(1);
  const stepOf = new Uint8Array(widthPx * heightPx);
  const counts = new Int32Array(steps);
  for (let y = 0; y < heightPx - 1; y++) {
    for (let x = 0; x < widthPx - 1; x++) {
      const at = y * widthPx + x;
      const a = (values[at + widthPx + 1] ?? 0) - (values[at] ?? 0);
      const b = (values[at + 1] ?? 0) - (values[at + widthPx] ?? 0);
      const across = (a + b) / 2;
      const down = (a - b) / 2;
      const step = Math.sqrt(across * across + down * down);
      if (step < leastStep) continue;
      const [wide, high] = [Math.abs(across), Math.abs(down)];
      if (Math.min(wide, high) > mostSlope * Math.max(wide, high)) continue;
      // The edge runs at a right angle to the gradient.
      direction[at] = modulo180((Math.atan2(across, -down) * 180) / Math.PI);
      taken[at] = 0;
      const strength = Math.min(steps - 1, Math.floor(step));
      stepOf[at] = strength;
      counts[strength] = (counts[strength] ?? 0) + 1;
    }
  }
  return { direction, taken, strongestFirst: sortByStep(stepOf, taken, counts) };
}

/** A counting sort: equals stay in the order of the picture. */
function sortByStep(stepOf: Uint8Array, taken: Uint8Array, counts: Int32Array): Int32Array {
  const next = new Int32Array(steps);
  let total = 0;
  for (let step = steps - 1; step >= 0; step--) {
    next[step] = total;
    total += counts[step] ?? 0;
  }
  const sorted = new Int32Array(total);
  for (let at = 0; at < taken.length; at++) {
    if (taken[at] === 1) continue;
    const step = stepOf[at] ?? 0;
    const place = next[step] ?? 0;
    sorted[place] = at;
    next[step] = place + 1;
  }
  return sorted;
}

/** Fills `region` from its start; gives how many pixels it has. */
function growRegion(
  seed: number,
  { direction, taken }: Gradients,
  widthPx: number,
  region: Int32Array,
): number {
  region[0] = seed;
  let count = 1;
  taken[seed] = 1;
  const first = direction[seed] ?? 0;
  let turned = 0;
  for (let next = 0; next < count; next++) {
    const centre = region[next] ?? 0;
    const mean = first + turned / count;
    for (let row = -widthPx; row <= widthPx; row += widthPx) {
      for (let column = -1; column <= 1; column++) {
        const at = centre + row + column;
        if (taken[at] !== 0) continue;
        if (Math.abs(signed90((direction[at] ?? 0) - mean)) > regionDegrees) continue;
        taken[at] = 1;
        turned += signed90((direction[at] ?? 0) - first);
        region[count] = at;
        count += 1;
      }
    }
  }
  return count;
}

function fitLine(region: Int32Array, { widthPx, heightPx }: Grey, longSidePx: number): Line | null {
  const count = region.length;
  let [sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0];
  for (const at of region) {
    const x = at % widthPx;
    const y = (at - x) / widthPx;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumYY += y * y;
    sumXY += x * y;
  }
  const [meanX, meanY] = [sumX / count, sumY / count];
  const [varX, varY] = [sumXX / count - meanX ** 2, sumYY / count - meanY ** 2];
  const both = sumXY / count - meanX * meanY;
  const half = Math.hypot((varX - varY) / 2, both);
  // The spread of evenly spread points is length² / 12.
  const lengthPx = Math.sqrt(12 * ((varX + varY) / 2 + half));
  const thicknessPx = Math.sqrt(12 * Math.max(0, (varX + varY) / 2 - half));
  const degrees = modulo180((0.5 * Math.atan2(2 * both, varX - varY) * 180) / Math.PI);
  if (lengthPx < leastLengthShare * longSidePx || offFamily(degrees) > mostDegrees) return null;
  if (thicknessPx > mostThicknessPx || count < leastDensity * lengthPx) return null;
  const upright = Math.abs(degrees - 90) <= 45;
  const [x, y] = [(meanX + 1) / widthPx, (meanY + 1) / heightPx];
  if (Math.min(x, y, 1 - x, 1 - y) < frameShare) return null;
  return {
    x,
    y,
    length: lengthPx / longSidePx,
    family: upright ? 'upright' : 'level',
    degrees: upright ? degrees - 90 : signed90(degrees),
  };
}

function modulo180(degrees: number): number {
  return ((degrees % 180) + 180) % 180;
}

/** The smallest turn between two directions that have no sense, -90..90. */
function signed90(degrees: number): number {
  return modulo180(degrees + 90) - 90;
}

function offFamily(degrees: number): number {
  return Math.min(degrees, 180 - degrees, Math.abs(degrees - 90));
}
