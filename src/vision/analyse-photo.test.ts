import { expect, test } from 'vitest';
import { drawScene } from '../../tests/fixtures/draw-scene.ts';
import { drawPlainPhoto } from '../../tests/fixtures/plain-photo.ts';
import { analysePhoto } from './analyse-photo.ts';

const { jpeg } = await drawScene(
  { longSidePx: 900, panningPx: 0, foreground: false, mood: 'noon', course: 'city', portrait: false },
  'a',
);

test('labels and crops are made of the same persons and bibs', async () => {
  const { persons, labels, crops, bibs, widthPx, heightPx } = await analysePhoto(jpeg, {
    bibs: {},
    labels: true,
    crops: true,
  });
  expect(persons?.length).toBeGreaterThan(1);
  expect(labels?.map(({ name }) => name)).toEqual(expect.arrayContaining(['person', 'landscape']));
  const largest = bibs?.sort((a, b) => b.box.w * b.box.h - a.box.w * a.box.h)[0];
  const { '9:16': tall } = crops ?? {};
  if (!largest || !tall) throw new Error('no bib was read or no crop was chosen');
  expect((tall.w * widthPx) / (tall.h * heightPx)).toBeCloseTo(9 / 16, 3);
  expect(largest.box.x).toBeGreaterThan(tall.x);
  expect(largest.box.x + largest.box.w).toBeLessThan(tall.x + tall.w);
});

test('a part that nobody asked for is absent', async () => {
  const analysis = await analysePhoto(await drawPlainPhoto({ seed: 'parts' }), { crops: true });
  expect(analysis).toMatchObject({ persons: [], crops: { '1:1': { y: 0, h: 1 } } });
  for (const part of ['labels', 'quality', 'bibs', 'faces', 'edit'] as const)
    expect(analysis).not.toHaveProperty(part);
});
