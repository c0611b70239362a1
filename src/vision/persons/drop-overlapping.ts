import type { BoxNorm } from '../findings.ts';

/** Two boxes that share more than this of their union are the same thing seen twice. */
const sameThing = 0.5;

/** The surest first, without those that a surer one covers. */
export function dropOverlapping<Found extends { box: BoxNorm; confidence: number }>(
  found: readonly Found[],
): Found[] {
  const kept: Found[] = [];
  for (const candidate of [...found].sort((a, b) => b.confidence - a.confidence)) {
    if (!kept.some(({ box }) => overlap(box, candidate.box) > sameThing)) kept.push(candidate);
  }
  return kept;
}

/** Intersection over union, 0..1. */
function overlap(a: BoxNorm, b: BoxNorm): number {
  const w = Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x));
  const h = Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y));
  return (w * h) / (a.w * a.h + b.w * b.h - w * h);
}
