import { expect, test } from 'vitest';
import { chipSidePx, placeChip } from './face-chip.ts';
import { samplePatch } from './sample-patch.ts';

/** Landmarks of the mean face itself, moved, turned and enlarged. */
function placedLandmarks({ scale, degrees, x, y }: { scale: number; degrees: number; x: number; y: number }) {
  const angle = (degrees * Math.PI) / 180;
  const [a, b] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const own = placeChip(meanLandmarks);
  return {
    landmarks: meanLandmarks.map((point) => ({
      x: a * point.x - b * point.y + x,
      y: b * point.x + a * point.y + y,
    })),
    expected: {
      a: own.a * a - own.b * b,
      b: own.a * b + own.b * a,
      x0: a * own.x0 - b * own.y0 + x,
      y0: b * own.x0 + a * own.y0 + y,
    },
  };
}

const meanLandmarks = Array.from({ length: 68 }, (_, i) => ({
  x: 80 + 40 * Math.cos(i),
  y: 90 + 50 * Math.sin(i * 1.7),
}));

test('a face that is moved, turned and enlarged has its chip moved, turned and enlarged with it', () => {
  for (const change of [
    { scale: 1, degrees: 0, x: 30, y: -10 },
    { scale: 3, degrees: 25, x: 200, y: 100 },
    { scale: 0.4, degrees: -80, x: 5, y: 60 },
  ]) {
    const { landmarks, expected } = placedLandmarks(change);
    const placement = placeChip(landmarks);
    for (const key of ['a', 'b', 'x0', 'y0'] as const) expect(placement[key]).toBeCloseTo(expected[key], 6);
  }
});

test('a patch takes the colours of the place it is laid on, and repeats the edge outside', () => {
  const data = Buffer.alloc(20 * 10 * 3);
  for (let y = 0; y < 10; y += 1)
    for (let x = 0; x < 20; x += 1) data.set([x * 10, y * 20, 7], (y * 20 + x) * 3);
  const pixels = { data, widthPx: 20, heightPx: 10 };
  const patch = samplePatch(pixels, { a: 1, b: 0, x0: 18, y0: 2 }, 4);
  expect([...patch.subarray(0, 4)]).toEqual([180, 190, 190, 190]);
  expect(patch[16]).toBe(40);
  expect(patch[47]).toBe(7);
  const turned = samplePatch(pixels, { a: 0, b: 1, x0: 5, y0: 5 }, 2);
  expect([...turned.subarray(0, 4)]).toEqual([50, 50, 40, 40]);
});

test('a patch much smaller than its place takes the mean of what it covers', () => {
  const data = Buffer.alloc(64 * 64 * 3);
  for (let i = 0; i < 64 * 64; i += 1) data.fill(i % 2 ? 200 : 0, i * 3, i * 3 + 3);
  const [first = 0] = samplePatch({ data, widthPx: 64, heightPx: 64 }, { a: 4, b: 0, x0: 20, y0: 20 }, 2);
  expect(first).toBeCloseTo(100, 0);
  expect(chipSidePx).toBe(150);
});
