import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import { decodePhoto, type Pixels } from '../pixels/decode-photo.ts';
import { measureQuality } from './measure-quality.ts';

const torso = { x: 0.2, y: 0.1, w: 0.6, h: 0.85 };

async function photo(change: (image: Sharp) => Sharp = (image) => image): Promise<Pixels> {
  const { pixels } = await decodePhoto(
    await drawPlainPhoto({ seed: 'quality', widthPx: 1024, heightPx: 683, text: '1432' }),
  );
  const { data, info } = await change(
    sharp(pixels.data, { raw: { width: pixels.widthPx, height: pixels.heightPx, channels: 3 } }),
  )
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, widthPx: info.width, heightPx: info.height };
}

test('a sharp photo is not blurry, a blurred one is, with or without a known runner', async () => {
  for (const box of [torso, null]) {
    const sharpOne = await measureQuality(await photo(), box);
    const blurred = await measureQuality(await photo((image) => image.blur(4)), box);
    expect([sharpOne.blurry, blurred.blurry]).toEqual([false, true]);
    expect(sharpOne.score).toBeGreaterThan(blurred.score + 20);
    expect(sharpOne.measuredOn).toBe(box ? 'subject' : 'whole');
  }
});

test('a blurred runner before a sharp background is blurry', async () => {
  const crisp = await photo();
  const raw = { width: crisp.widthPx, height: crisp.heightPx, channels: 3 as const };
  const area = { left: 200, top: 0, width: 624, height: 683 };
  const soft = await sharp(crisp.data, { raw }).extract(area).blur(5).png().toBuffer();
  const data = await sharp(crisp.data, { raw })
    .composite([{ input: soft, left: 200, top: 0 }])
    .removeAlpha()
    .raw()
    .toBuffer();
  const quality = await measureQuality({ ...crisp, data }, torso);
  expect(quality).toMatchObject({ blurry: true, measuredOn: 'subject' });
});

test('dark and bright photos are told from well exposed ones', async () => {
  const dark = await measureQuality(await photo((image) => image.linear(0.12, 0)), null);
  const bright = await measureQuality(await photo((image) => image.linear(0.3, 190)), null);
  const normal = await measureQuality(await photo(), null);
  expect([dark.exposure, bright.exposure, normal.exposure]).toEqual(['dark', 'bright', 'normal']);
  expect(normal.score).toBeGreaterThan(dark.score);
});

test('a picture without anything in it has a score all the same', async () => {
  const data = Buffer.alloc(300 * 200 * 3, 255);
  const quality = await measureQuality({ data, widthPx: 300, heightPx: 200 }, null);
  expect(quality).toMatchObject({ blurry: true, exposure: 'bright', clippedHighlights: 1 });
});
