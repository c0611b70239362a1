import { expect, test } from 'vitest';
import type { ReadLine } from './interpret-line.ts';
import { bandsToEnlarge } from './look-closer.ts';

const picture = { data: Buffer.alloc(0), widthPx: 2000, heightPx: 1300 };

test('around a small number, rows are looked at again', () => {
  expect(bandsToEnlarge([numberAt({ cy: 500, h: 20 })], picture, 1)).toEqual([{ fromPx: 420, toPx: 580 }]);
});

test('large numbers and words ask for no second look', () => {
  const word = { ...numberAt({ cy: 500, h: 20 }), tight: readOf('START') };
  expect(bandsToEnlarge([word, numberAt({ cy: 500, h: 60 })], picture, 1)).toEqual([]);
});

test('bands that touch become one', () => {
  const lines = [numberAt({ cy: 500, h: 20 }), numberAt({ cy: 620, h: 10 }), numberAt({ cy: 900, h: 10 })];
  const bands = bandsToEnlarge(lines, { ...picture, widthPx: 1000 }, 1).toSorted(
    (a, b) => a.fromPx - b.fromPx,
  );
  expect(bands).toEqual([
    { fromPx: 420, toPx: 660 },
    { fromPx: 860, toPx: 940 },
  ]);
});

test('what is looked at again stays within its budget, smallest numbers first', () => {
  const lines = [120, 400, 700, 1000, 1250].map((cy, index) => numberAt({ cy, h: 20 + index }));
  const bands = bandsToEnlarge(lines, picture, 1);
  const rows = bands.reduce((sum, { fromPx, toPx }) => sum + toPx - fromPx, 0);
  expect(rows * picture.widthPx * (4 / 3) ** 2).toBeLessThanOrEqual(800_000);
  expect(bands.some(({ fromPx, toPx }) => fromPx <= 120 && toPx >= 120)).toBe(true);
});

function numberAt({ cy, h }: { cy: number; h: number }): ReadLine {
  const box = { cx: 1000, cy, w: 2 * h, h, angle: 0, score: 0.9 };
  return { box, tight: readOf('123'), wide: null };
}

function readOf(text: string): ReadLine['tight'] {
  return {
    text,
    textConfidence: 0.95,
    digits: { digits: text.replace(/\D/g, ''), confidence: 0.95, weakest: 0.9 },
    probabilities: { steps: 0, values: new Float32Array() },
  };
}
