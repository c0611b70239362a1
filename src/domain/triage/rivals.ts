import type { BoxNorm } from '#vision/findings.ts';

/** Of the smaller box, what the larger one must cover for both to be of one body. */
const LEAST_SHARED = 0.7;

interface Placed {
  bib: string;
  box: BoxNorm | null;
}

/** By bib, the others that stand at the same place: one body wears one bib. */
export function findRivals(tags: readonly Placed[]): Map<string, string[]> {
  return new Map(
    tags.map((tag) => [
      tag.bib,
      tags.filter((other) => other.bib !== tag.bib && isSamePlace(tag, other)).map(({ bib }) => bib),
    ]),
  );
}

function isSamePlace(one: Placed, other: Placed): boolean {
  const [a, b] = [one.box, other.box];
  if (!a || !b) return false;
  const width = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return false;
  return width * height >= LEAST_SHARED * Math.min(a.w * a.h, b.w * b.h);
}
