import { describe, expect, test } from 'vitest';
import { drawScene } from '../../../tests/fixtures/draw-scene.ts';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import type { BoxNorm } from '../findings.ts';
import { decodePhoto } from '../pixels/decode-photo.ts';
import { detectPersons } from './detect-persons.ts';

const wish = { longSidePx: 700, panningPx: 0, foreground: false, mood: 'noon' } as const;

describe('persons', () => {
  test.each([
    { course: 'city', portrait: false, seed: 'a' },
    { course: 'stadium', portrait: false, seed: 'c' },
    { course: 'finish', portrait: true, seed: 'p' },
  ] as const)('each drawn runner of the $course is found where it stands', async (scene) => {
    const { seed, ...rest } = scene;
    const { jpeg, truth } = await drawScene({ ...wish, ...rest }, seed);
    const { pixels } = await decodePhoto(jpeg);
    const persons = await detectPersons(pixels);
    for (const { personBox } of truth.runners) {
      const nearest = Math.max(...persons.map(({ box }) => overlap(box, personBox)));
      expect(nearest).toBeGreaterThan(0.75);
    }
    const sure = persons.filter(({ box, confidence }) => confidence > 0.9 && box.h > 0.3);
    expect(sure.length).toBe(truth.runners.filter(({ personBox }) => personBox.h > 0.3).length);
  });

  test('nobody is found where nobody is', async () => {
    const { pixels } = await decodePhoto(await drawPlainPhoto({ seed: 1, text: '1234' }));
    expect(await detectPersons(pixels)).toEqual([]);
  });

  test.each([
    [1, 1],
    [3000, 2],
    [2, 3000],
  ])('a photo of %i × %i pixels is looked at like any other', async (widthPx, heightPx) => {
    const data = Buffer.alloc(widthPx * heightPx * 3, 127);
    expect(await detectPersons({ data, widthPx, heightPx })).toEqual([]);
  });
});

/** Intersection over union. */
function overlap(a: BoxNorm, b: BoxNorm): number {
  const w = Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x));
  const h = Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y));
  return (w * h) / (a.w * a.h + b.w * b.h - w * h);
}
