import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { drawScene } from '../../../tests/fixtures/draw-scene.ts';
import { decodePhoto } from '../pixels/decode-photo.ts';
import { chooseBibs } from './choose-bibs.ts';
import { loadTextModels } from './load-models.ts';
import { readLines } from './read-lines.ts';

const models = await loadTextModels();
const { jpeg, truth } = await drawScene({ longSidePx: 1600 }, 'bib-1');
const legible = truth.runners.find(({ number }) => number === '24843');

describe('a photo that lies on its side or its head', () => {
  test.each([0, 90, 180, 270])(
    'is read when turned by %i degrees, with boxes where the bib is',
    async (turn) => {
      const { bibs } = await readBibs(await sharp(jpeg).rotate(turn).jpeg().toBuffer());
      const read = bibs.find(({ bib }) => bib === legible?.number);
      const box = legible?.bib?.digitsBox;
      if (!read || !box) throw new Error('the bib was not read');
      const [x, y] = turned([box.x + box.w / 2, box.y + box.h / 2], turn);
      expect(read.box.x + read.box.w / 2).toBeCloseTo(x, 1.5);
      expect(read.box.y + read.box.h / 2).toBeCloseTo(y, 1.5);
      expect(Math.abs(read.tiltDegrees)).toBeLessThan(20);
    },
  );
});

test('every reading keeps the probability of each digit at each step', async () => {
  const { lines } = await readBibs(jpeg);
  expect(lines.length).toBeGreaterThan(0);
  for (const { probabilities } of lines.flatMap(({ tight, wide }) => [tight, wide ?? tight])) {
    expect(probabilities.steps).toBeGreaterThan(0);
    expect(probabilities.values.length).toBe(probabilities.steps * 11);
  }
});

async function readBibs(bytes: Buffer) {
  const { pixels } = await decodePhoto(bytes);
  const lines = await readLines(models, pixels);
  return { lines, ...chooseBibs(lines, pixels, {}) };
}

/** Where a point of the upright photo goes when it is turned clockwise. */
function turned([x, y]: [number, number], turn: number): [number, number] {
  if (turn === 90) return [1 - y, x];
  if (turn === 180) return [1 - x, 1 - y];
  return turn === 270 ? [y, 1 - x] : [x, y];
}
