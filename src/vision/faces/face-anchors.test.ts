import { expect, test } from 'vitest';
import { layFaceAnchors } from './face-anchors.ts';
import { readFaceWeights } from './face-weights.ts';

test('on a picture of 512 px the anchors are those that were published with the weights', async () => {
  const published = (await readFaceWeights('ssd_mobilenetv1'))('Output/extra_dim');
  const { numbers, count } = layFaceAnchors(512, 512);
  expect([1, count, 4]).toEqual(published.dimensions);
  let furthestPx = 0;
  for (let i = 0; i < published.data.length; i += 4) {
    const [top = 0, left = 0, bottom = 0, right = 0] = published.data.subarray(i, i + 4);
    const own = [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top];
    for (const [j, number] of own.entries()) {
      furthestPx = Math.max(furthestPx, Math.abs(number * 512 - (numbers[i + j] ?? 0)));
    }
  }
  expect(furthestPx).toBeLessThan(0.1);
});

test('a side that is no multiple of a stride gets one place more', () => {
  // 33 px: 3, 2 and four times 1 place across; 16 px: one place down.
  expect(layFaceAnchors(33, 16).count).toBe(3 * 3 + 2 * 6 + 4 * 6);
});
