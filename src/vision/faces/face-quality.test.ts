import sharp from 'sharp';
import { expect, test } from 'vitest';
import { measureSharpness, measureYaw, scoreFace } from './face-quality.ts';

/** Only eyes and nose count: a head of 90 mm between the eyes' corners, turned by an angle, seen from the front. */
function turnedHead(degrees: number) {
  const angle = (degrees * Math.PI) / 180;
  const landmarks = Array.from({ length: 68 }, () => ({ x: 0, y: 0 }));
  landmarks[36] = { x: -45 * Math.cos(angle), y: 0 };
  landmarks[45] = { x: 45 * Math.cos(angle), y: 0 };
  landmarks[30] = { x: 40 * Math.sin(angle), y: 35 };
  return landmarks;
}

test('a turned head is measured in degrees, to either side and with a tilted camera', () => {
  for (const degrees of [0, 20, 45, 70]) {
    expect(measureYaw(turnedHead(degrees))).toBeCloseTo(degrees, 5);
    expect(measureYaw(turnedHead(-degrees))).toBeCloseTo(degrees, 5);
    const tilted = turnedHead(degrees).map(({ x, y }) => ({ x: x * 0.8 - y * 0.6, y: x * 0.6 + y * 0.8 }));
    expect(measureYaw(tilted)).toBeCloseTo(degrees, 5);
  }
});

test('a large, sharp, frontal face scores 1; each fault alone lowers it', () => {
  const good = { sizePx: 120, sharpness: 0.7, landmarks: turnedHead(0) };
  const score = (change: Partial<typeof good>) => scoreFace({ ...good, ...change }).score;
  expect(score({})).toBe(1);
  expect(score({ sizePx: 20 })).toBeLessThan(0.5);
  expect(score({ sizePx: 8 })).toBe(0);
  expect(score({ sharpness: 0.2 })).toBeLessThan(0.5);
  expect(score({ landmarks: turnedHead(60) })).toBeCloseTo(0.5, 5);
});

test('the more a patch is blurred the less sharp it is, down to nothing', async () => {
  const sidePx = 120;
  const noise = Buffer.from(Array.from({ length: sidePx * sidePx }, (_, i) => (i * 7919 * (i % 251)) % 256));
  const sharpnesses = await Promise.all(
    [0, 1, 2, 4, 8].map(async (sigma) => {
      const grey = sharp(noise, { raw: { width: sidePx, height: sidePx, channels: 1 } }).toColourspace('b-w');
      const values = await (sigma === 0 ? grey : grey.blur(sigma)).raw().toBuffer();
      const plane = Float32Array.from(values);
      return measureSharpness(Float32Array.from([...plane, ...plane, ...plane]), sidePx);
    }),
  );
  expect(sharpnesses[0]).toBe(1);
  expect(sharpnesses.toSorted((a, b) => b - a)).toEqual(sharpnesses);
  const slope = Float32Array.from({ length: 3 * sidePx * sidePx }, (_, i) => i % sidePx);
  expect(measureSharpness(slope, sidePx)).toBeCloseTo(0, 5);
  expect(measureSharpness(new Float32Array(3 * sidePx * sidePx), sidePx)).toBe(0);
});
