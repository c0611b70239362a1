// The re-blur test of Crété, Dolmiere, Ladret and Nicolas (2007): blurring a sharp picture again changes it a lot,
// blurring a blurred one hardly at all.

import type { Grey } from './grey.ts';

const radius = 4;
const tilesPerSide = 4;
const leastTilePx = 32;
/** A tile flatter than this (sky, wall) says nothing about sharpness. */
const leastMeanStep = 1.2;

/** 0 (sharp) .. 1 (blurred), the worse of both directions. */
export function measureBlur(grey: Grey): number {
  const across = blurAlong(grey, 1);
  const down = blurAlong(grey, grey.widthPx);
  return Math.max(across.blur, down.blur);
}

/** Blur of the sharper parts of the picture: focus on one runner leaves the rest soft, and that is no fault. */
export function sharpestBlur(grey: Grey): number {
  const tileW = Math.floor(grey.widthPx / tilesPerSide);
  const tileH = Math.floor(grey.heightPx / tilesPerSide);
  if (Math.min(tileW, tileH) < leastTilePx) return measureBlur(grey);
  const blurs: number[] = [];
  for (let index = 0; index < tilesPerSide * tilesPerSide; index++) {
    const left = (index % tilesPerSide) * tileW;
    const top = Math.floor(index / tilesPerSide) * tileH;
    const tile = { ...grey, left, top, right: left + tileW, bottom: top + tileH };
    const across = blurAlong(tile, 1);
    const down = blurAlong(tile, grey.widthPx);
    if (Math.min(across.meanStep, down.meanStep) >= leastMeanStep)
      blurs.push(Math.max(across.blur, down.blur));
  }
  if (blurs.length === 0) return measureBlur(grey);
  blurs.sort((a, b) => a - b);
  return blurs[Math.floor(blurs.length / 5)] ?? 1;
}

type Part = Grey & { left?: number; top?: number; right?: number; bottom?: number };

function blurAlong(part: Part, stride: number): { blur: number; meanStep: number } {
  const { values, widthPx, heightPx, left = 0, top = 0, right = widthPx, bottom = heightPx } = part;
  let sharpSum = 0;
  let lostSum = 0;
  let count = 0;
  for (let y = Math.max(top, radius + 1); y < Math.min(bottom, heightPx - radius); y++) {
    for (let x = Math.max(left, radius + 1); x < Math.min(right, widthPx - radius); x++) {
      const at = y * widthPx + x;
      const step = Math.abs((values[at] ?? 0) - (values[at - stride] ?? 0));
      // The difference of two neighbouring running means is the difference of their ends.
      const ends = (values[at + radius * stride] ?? 0) - (values[at - (radius + 1) * stride] ?? 0);
      const blurredStep = Math.abs(ends) / (2 * radius + 1);
      sharpSum += step;
      lostSum += Math.max(0, step - blurredStep);
      count += 1;
    }
  }
  if (sharpSum === 0) return { blur: 1, meanStep: 0 };
  return { blur: (sharpSum - lostSum) / sharpSum, meanStep: sharpSum / count };
}
