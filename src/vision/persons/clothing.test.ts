import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { BoxNorm, Lab } from '../findings.ts';
import type { Pixels } from '../pixels/decode-photo.ts';
import { toLab } from '../pixels/to-lab.ts';
import { dressPersons, measureClothing } from './clothing.ts';

const red = toLab(200, 30, 40);
const blue = toLab(20, 40, 160);
/** The figure below, and the digits of its bib. */
const body = { x: 0.35, y: 0.1, w: 0.2, h: 0.75 };
const digits = { x: 0.41, y: 0.35, w: 0.08, h: 0.035 };

describe('clothing', () => {
  test('is the shirt and the shorts, without the bib, bare skin and the road', async () => {
    const clothing = measureClothing(await draw(), body, [digits]);
    expect(farFrom(clothing?.upper, red)).toBeLessThan(4);
    expect(farFrom(clothing?.lower, blue)).toBeLessThan(4);
  });

  test('would be paler with the bib', async () => {
    const clothing = measureClothing(await draw(), body, []);
    expect(farFrom(clothing?.upper, red)).toBeGreaterThan(10);
  });

  test('has no legs where the picture ends at the hips', async () => {
    const { data, widthPx, heightPx } = await draw();
    const rows = Math.floor(heightPx * 0.47);
    const cut = { data: data.subarray(0, rows * widthPx * 3), widthPx, heightPx: rows };
    const onCut = ({ x, y, w, h }: BoxNorm) => ({ x, y: y / 0.47, w, h: h / 0.47 });
    const { y, ...rest } = onCut(body);
    const clothing = measureClothing(cut, { ...rest, y, h: 1 - y }, [onCut(digits)]);
    expect(clothing?.lower).toBeNull();
    expect(farFrom(clothing?.upper, red)).toBeLessThan(4);
  });

  test('is not told of a body that is a few pixels wide, or hidden behind its bib', async () => {
    const pixels = await draw();
    expect(measureClothing(pixels, { ...body, w: 0.02 }, [])).toBeNull();
    expect(measureClothing(pixels, body, [{ x: 0.3, y: 0.2, w: 0.3, h: 0.3 }])).toBeNull();
    const [far] = dressPersons(pixels, [{ box: { ...body, w: 0.02 }, confidence: 0.9 }], []);
    expect(far).not.toHaveProperty('clothing');
  });
});

function farFrom(found: Lab | null | undefined, [l, a, b]: Lab): number {
  return found ? Math.hypot(found[0] - l, found[1] - a, found[2] - b) : Number.POSITIVE_INFINITY;
}

/** A runner on a road: head, arms and legs bare, red shirt with a white bib, blue shorts. */
async function draw(): Promise<Pixels> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="400" height="400" fill="#8a8f86"/>
    <g fill="#d9a07c"><circle cx="180" cy="60" r="18"/><rect x="142" y="90" width="14" height="90"/><rect x="204" y="90" width="14" height="90"/>
    <rect x="162" y="240" width="14" height="95"/><rect x="184" y="240" width="14" height="95"/></g>
    <rect x="154" y="80" width="52" height="105" fill="#c81e28"/><rect x="154" y="185" width="52" height="55" fill="#1428a0"/>
    <rect x="160" y="130" width="40" height="32" fill="#fff"/><rect x="164" y="140" width="32" height="14" fill="#111"/></svg>`;
  const data = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
  return { data, widthPx: 400, heightPx: 400 };
}
