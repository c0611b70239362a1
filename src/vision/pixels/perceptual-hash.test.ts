import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawScene } from '../../../tests/fixtures/draw-scene.ts';
import { decodePhoto } from './decode-photo.ts';
import { perceptualHash } from './perceptual-hash.ts';

const wish = { longSidePx: 500, panningPx: 0, foreground: false, mood: 'noon', portrait: false } as const;
const { jpeg } = await drawScene({ ...wish, course: 'city' }, 'a');
const hashOf = async (bytes: Buffer) => perceptualHash((await decodePhoto(bytes)).pixels);
const original = await hashOf(jpeg);

test('a hash is 16 hex digits, the same each time', async () => {
  expect(original).toMatch(/^[0-9a-f]{16}$/);
  expect(await hashOf(jpeg)).toBe(original);
});

test.each([
  { copy: 'saved again', bytes: () => sharp(jpeg).jpeg({ quality: 40 }).toBuffer() },
  { copy: 'half as large', bytes: () => sharp(jpeg).resize(250).jpeg().toBuffer() },
  { copy: 'lighter', bytes: () => sharp(jpeg).modulate({ brightness: 1.2 }).jpeg().toBuffer() },
  { copy: 'with more contrast', bytes: () => sharp(jpeg).linear(1.2, -20).jpeg().toBuffer() },
])('a copy that is $copy differs in few bits', async ({ bytes }) => {
  expect(differingBits(original, await hashOf(await bytes()))).toBeLessThanOrEqual(6);
});

test('another scene differs in many', async () => {
  const { jpeg: other } = await drawScene({ ...wish, course: 'stadium' }, 'b');
  expect(differingBits(original, await hashOf(other))).toBeGreaterThan(14);
});

test('a picture without any detail has a hash too', async () => {
  const data = Buffer.alloc(40 * 30 * 3, 200);
  expect(await perceptualHash({ data, widthPx: 40, heightPx: 30 })).toMatch(/^[0-9a-f]{16}$/);
});

function differingBits(a: string, b: string): number {
  return [...(BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2)].filter((bit) => bit === '1').length;
}
