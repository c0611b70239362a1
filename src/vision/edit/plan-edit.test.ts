import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { drawScene } from '../../../tests/fixtures/draw-scene.ts';
import type { BibRead, BoxNorm, EditPlan } from '../findings.ts';
import { decodePhoto, type Pixels } from '../pixels/decode-photo.ts';
import type { Found } from '../quality/subject-area.ts';
import { applyEdit, editPixels } from './apply-edit.ts';
import { colourDifference } from './colour-difference.ts';
import { planEdit } from './plan-edit.ts';
import { decode } from './tone-curves.ts';

let truth: Pixels;
let found: Found;

beforeAll(async () => {
  // An arrival at full light, with the runner's bib in the middle.
  const scene = await drawScene({ longSidePx: 900, course: 'finish', mood: 'morning' }, '4');
  truth = (await decodePhoto(scene.jpeg)).pixels;
  const bibs = scene.truth.runners.flatMap(({ bib }) => (bib ? [readAt(bib.digitsBox)] : []));
  const persons = scene.truth.runners.map(({ personBox }) => ({ box: personBox, confidence: 0.9 }));
  found = { bibs, persons };
  truth = await editPixels(truth, await planEdit(truth, found));
}, 60_000);

const faults: Record<string, (value: number, channel: number) => number> = {
  dark: (value) => encode(decode(value / 255) / 2.8),
  dull: (value) => 45 + 0.6 * value,
  green: (value, channel) => encode(decode(value / 255) * ([0.9, 1.1, 0.88][channel] ?? 1)),
};

describe.each(Object.keys(faults))('a photo gone %s', (fault) => {
  test('comes closer to what it should be, and is then left alone', async () => {
    const bad = spoil(truth, faults[fault] ?? identity);
    const plan = await planEdit(bad, found);
    expect(plan.worthwhile).toBe(true);
    const edited = await editPixels(bad, plan);
    expect(colourDifference(edited, truth)).toBeLessThan(0.75 * colourDifference(bad, truth));
    const written = await applyEdit(await toJpeg(bad), plan);
    expect((await planEdit((await decodePhoto(written.bytes)).pixels, found)).worthwhile).toBe(false);
  });

  test('loses no more light parts of its bib than it had lost', async () => {
    const bad = spoil(truth, faults[fault] ?? identity);
    const edited = await editPixels(bad, await planEdit(bad, found));
    for (const { box } of found.bibs ?? [])
      expect(clippedShare(edited, box)).toBeLessThanOrEqual(clippedShare(bad, box));
  });
});

test('a well exposed photo is left alone, and an empty plan says so', async () => {
  expect(await planEdit(truth, found)).toEqual<EditPlan>({
    rotateDegrees: 0,
    whiteBalance: [1, 1, 1],
    exposureStops: 0,
    contrast: 1,
    worthwhile: false,
  });
});

describe('a tilted photo', () => {
  test.each([-4.4, -2, 1.5, 3.7])('by %s degrees is straightened once', async (degrees) => {
    const photo = await street(degrees);
    const plan = await planEdit(photo, {});
    expect(plan.rotateDegrees).toBeCloseTo(-degrees, 0.5);
    const edited = await editPixels(photo, plan);
    expect((await planEdit(edited, {})).rotateDegrees).toBe(0);
  });

  test('is never turned more than five degrees', async () => {
    for (const degrees of [5.4, 7, -9, 12, -20]) {
      const { rotateDegrees } = await planEdit(await street(degrees), {});
      expect(Math.abs(rotateDegrees)).toBeLessThanOrEqual(5);
    }
  });

  test('stays tilted where a turn would cut the head or the bib', async () => {
    const atTheEdge = { box: { x: 0.3, y: 0, w: 0.2, h: 0.8 }, confidence: 0.9 };
    const photo = await street(3);
    expect((await planEdit(photo, { persons: [atTheEdge] })).rotateDegrees).toBe(0);
    const within = { box: { x: 0.4, y: 0.25, w: 0.2, h: 0.7 }, confidence: 0.9 };
    expect((await planEdit(photo, { persons: [within] })).rotateDegrees).not.toBe(0);
  });
});

test('pictures without anything in them are left alone', async () => {
  for (const value of [0, 3, 128, 255]) {
    const empty = { data: Buffer.alloc(400 * 300 * 3, value), widthPx: 400, heightPx: 300 };
    expect((await planEdit(empty, {})).worthwhile).toBe(false);
  }
});

function identity(value: number): number {
  return value;
}

function spoil(
  { data, widthPx, heightPx }: Pixels,
  change: (value: number, channel: number) => number,
): Pixels {
  const spoilt = Buffer.from(data.map((value, at) => Math.round(change(value, at % 3))));
  return { data: spoilt, widthPx, heightPx };
}

function encode(light: number): number {
  const clear = Math.min(1, light);
  return 255 * (clear <= 0.0031308 ? clear * 12.92 : 1.055 * clear ** (1 / 2.4) - 0.055);
}

function clippedShare({ data, widthPx, heightPx }: Pixels, { x, y, w, h }: BoxNorm): number {
  let [clipped, count] = [0, 0];
  for (let row = Math.floor(y * heightPx); row < (y + h) * heightPx; row++) {
    for (let column = Math.floor(x * widthPx); column < (x + w) * widthPx; column++) {
      const at = (row * widthPx + column) * 3;
      if (Math.max(...data.subarray(at, at + 3)) > 250) clipped += 1;
      count += 1;
    }
  }
  return clipped / count;
}

/** Somebody before dark posts and light houses, under a camera turned by these degrees. */
async function street(degrees: number): Promise<Pixels> {
  const [widthPx, heightPx] = [900, 600];
  const posts = [150, 260, 380, 520, 640, 760]
    .map((x) => `<rect x="${x}" y="150" width="16" height="330" fill="#2b2622"/>`)
    .join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}"><rect width="100%" height="100%" fill="#8b8f92"/><g transform="rotate(${degrees} 450 300)"><rect x="-300" y="-300" width="1500" height="590" fill="#f3f2ef"/>${posts}</g><ellipse cx="450" cy="360" rx="80" ry="200" fill="#b7a08c"/></svg>`;
  const data = await sharp(Buffer.from(svg)).flatten().raw().toBuffer();
  return { data, widthPx, heightPx };
}

function toJpeg({ data, widthPx, heightPx }: Pixels): Promise<Buffer> {
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

function readAt(box: BoxNorm): BibRead {
  return { bib: '1', confidence: 1, box, tiltDegrees: 0, kind: 'sure', text: '1', digitProbabilities: '' };
}
