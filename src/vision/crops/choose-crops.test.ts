import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BoxNorm, CropShape } from '../findings.ts';
import { type CropInput, chooseCrops } from './choose-crops.ts';

const shapes: Record<CropShape, number> = { '1:1': 1, '4:5': 0.8, '9:16': 9 / 16, '16:9': 16 / 9 };
const names = ['1:1', '4:5', '9:16', '16:9'] as const;
const landscape = { widthPx: 3000, heightPx: 2000 };
const tolerance = 1e-9;

const share = (max = 1) => fc.double({ min: 0, max, noNaN: true });
const boxes = fc
  .tuple(share(), share(), share(), share())
  .map(([x, y, w, h]): BoxNorm => ({ x: x * 0.95, y: y * 0.95, w: 0.001 + w * 0.05, h: 0.001 + h * 0.05 }));
const bodies = fc
  .tuple(share(), share(), share(), share())
  .map(([x, y, w, h]): BoxNorm => ({ x: x * 0.5, y: y * 0.5, w: 0.02 + w * 0.48, h: 0.05 + h * 0.45 }));
const sizes = fc.record({
  widthPx: fc.integer({ min: 1, max: 12_000 }),
  heightPx: fc.integer({ min: 1, max: 12_000 }),
});
const inputs: fc.Arbitrary<CropInput> = fc
  .record({
    size: sizes,
    persons: fc.array(fc.record({ box: bodies, confidence: share() }), { maxLength: 6 }),
    bibs: fc.array(fc.record({ box: boxes, kind: fc.constantFrom('sure' as const, 'guess' as const) }), {
      maxLength: 6,
    }),
    faces: fc.array(fc.record({ box: boxes }), { maxLength: 3 }),
  })
  .map(({ size, ...findings }) => ({ ...size, ...findings }));

test('a crop lies inside the photo, has its shape, and is as large as can be', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const crops = chooseCrops(input);
      for (const name of names) {
        const { x, y, w, h } = crops[name];
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x + w, y + h)).toBeLessThanOrEqual(1 + tolerance);
        expect((w * input.widthPx) / (h * input.heightPx) / shapes[name]).toBeCloseTo(1, 6);
        expect(Math.max(w, h)).toBeCloseTo(1, 9);
      }
    }),
  );
});

test('the head and the bib of the only runner are in every crop that is large enough for both', () => {
  const runners = fc.record({ size: sizes, body: bodies, across: share(), down: share() });
  fc.assert(
    fc.property(runners, ({ size, body, across, down }) => {
      const bib = {
        x: body.x + body.w * (0.2 + across * 0.2),
        y: body.y + body.h * (0.25 + down * 0.5),
        w: body.w * 0.35,
        h: body.h * 0.08,
      };
      const head = { x: body.x + body.w * 0.3, y: body.y, w: body.w * 0.4, h: body.h * 0.15 };
      const crops = chooseCrops({
        ...size,
        persons: [{ box: body, confidence: 0.9 }],
        bibs: [{ box: bib, kind: 'sure' }],
      });
      for (const name of names) {
        const crop = crops[name];
        // The head may be anywhere in the upper body, arms aside.
        const fitsAcross = body.w * 0.76 <= crop.w;
        const fitsDown = Math.max(bib.y + bib.h - body.y, body.h * 0.25) <= crop.h;
        if (fitsAcross) expect(holds(crop, head, 'x') && holds(crop, bib, 'x')).toBe(true);
        if (fitsDown) expect(holds(crop, head, 'y') && holds(crop, bib, 'y')).toBe(true);
        // A crop that cannot hold both begins above the head.
        if (!fitsDown) expect(holds(crop, { ...head, h: 0 }, 'y')).toBe(true);
      }
    }),
  );
});

test('in a crowd the crop holds whoever wears the largest sure bib', () => {
  const persons = [0.05, 0.3, 0.55, 0.8].map((x) => ({
    box: { x, y: 0.2, w: 0.15, h: 0.7 },
    confidence: 0.9,
  }));
  const bibs = [
    { box: { x: 0.08, y: 0.45, w: 0.07, h: 0.05 }, kind: 'sure' as const },
    { box: { x: 0.835, y: 0.45, w: 0.08, h: 0.06 }, kind: 'sure' as const },
  ];
  const { '9:16': tall, '16:9': wide } = chooseCrops({ ...landscape, persons, bibs });
  expect(holds(tall, { x: 0.8, y: 0.2, w: 0.15, h: 0.7 }, 'x')).toBe(true);
  expect(wide.w).toBe(1);
});

test('two who run side by side stay together where there is room', () => {
  const pair = [0.3, 0.5].map((x) => ({ box: { x, y: 0.1, w: 0.18, h: 0.8 }, confidence: 0.9 }));
  const { '1:1': square } = chooseCrops({ ...landscape, persons: pair, bibs: [] });
  for (const { box } of pair) expect(holds(square, box, 'x')).toBe(true);
});

test('above a bib that nobody was found to wear, room is kept for a head', () => {
  const bib = { x: 0.4, y: 0.6, w: 0.1, h: 0.03 };
  const portrait = { widthPx: 2000, heightPx: 3000 };
  const { '16:9': wide } = chooseCrops({ ...portrait, persons: [], bibs: [{ box: bib, kind: 'sure' }] });
  expect(holds(wide, { ...bib, y: bib.y - 0.25, h: 0.28 }, 'y')).toBe(true);
});

test('a face that was looked for is kept although the body was found too low', () => {
  const persons = [{ box: { x: 0.4, y: 0.5, w: 0.2, h: 0.45 }, confidence: 0.9 }];
  const faces = [{ box: { x: 0.46, y: 0.44, w: 0.08, h: 0.14 } }];
  const { '16:9': wide } = chooseCrops({ ...landscape, heightPx: 4000, persons, bibs: [], faces });
  expect(wide.y).toBeLessThan(0.4);
});

test('a face whose body was not found is kept whole', () => {
  const face = { x: 0.05, y: 0.3, w: 0.2, h: 0.4 };
  const { '9:16': tall } = chooseCrops({ ...landscape, persons: [], bibs: [], faces: [{ box: face }] });
  expect(holds(tall, face, 'x')).toBe(true);
});

test('a photo of nobody is cut in its middle', () => {
  const { '1:1': square } = chooseCrops({ ...landscape, persons: [], bibs: [] });
  expect(square.x).toBeCloseTo(1 / 6, 9);
  expect(square.y).toBe(0);
});

function holds(crop: BoxNorm, box: BoxNorm, axis: 'x' | 'y'): boolean {
  const length = axis === 'x' ? 'w' : 'h';
  return (
    box[axis] >= crop[axis] - tolerance && box[axis] + box[length] <= crop[axis] + crop[length] + tolerance
  );
}
