import { expect, test } from 'vitest';
import { moveBox, shareCutOff, turnedFrame } from './turned-frame.ts';

const size = { widthPx: 3000, heightPx: 2000 };

test('no turn changes no frame and no box', () => {
  const box = { x: 0.1, y: 0.2, w: 0.3, h: 0.4 };
  expect(turnedFrame(size, 0)).toEqual(size);
  const moved = moveBox(box, { rotateDegrees: 0 }, size);
  for (const side of ['x', 'y', 'w', 'h'] as const) expect(moved?.[side]).toBeCloseTo(box[side], 9);
});

test('a clockwise turn brings the right side down and the left side up', () => {
  const right = moveBox({ x: 0.8, y: 0.48, w: 0.04, h: 0.04 }, { rotateDegrees: 4 }, size);
  const left = moveBox({ x: 0.16, y: 0.48, w: 0.04, h: 0.04 }, { rotateDegrees: 4 }, size);
  expect((right?.y ?? 0) + (right?.h ?? 0) / 2).toBeGreaterThan(0.53);
  expect((left?.y ?? 0) + (left?.h ?? 0) / 2).toBeLessThan(0.47);
});

test('what a turn cuts off is said, and is nothing in the middle', () => {
  expect(shareCutOff({ x: 0.4, y: 0.3, w: 0.2, h: 0.4 }, 5, size)).toBe(0);
  expect(shareCutOff({ x: 0.4, y: 0, w: 0.2, h: 0.4 }, 5, size)).toBeGreaterThan(0.03);
  expect(moveBox({ x: 0, y: 0, w: 0.02, h: 0.02 }, { rotateDegrees: 5 }, size)).toBe(null);
});
