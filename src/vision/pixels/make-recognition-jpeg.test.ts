import { randomFillSync } from 'node:crypto';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { makeRecognitionJpeg } from './make-recognition-jpeg.ts';

function noise(widthPx: number, heightPx: number) {
  return { data: randomFillSync(Buffer.alloc(widthPx * heightPx * 3)), widthPx, heightPx };
}

test('a picture of pure noise, the worst there is, stays under 4,000,000 bytes', async () => {
  const { bytes, widthPx, heightPx } = await makeRecognitionJpeg(noise(4096, 2731));
  expect(bytes.length).toBeLessThan(4_000_000);
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: widthPx, height: heightPx });
});

test('the long side is at most 4096 px and the shape stays', async () => {
  const data = Buffer.alloc(6000 * 100 * 3, 128);
  const { widthPx, heightPx } = await makeRecognitionJpeg({ data, widthPx: 100, heightPx: 6000 });
  expect([widthPx, heightPx]).toEqual([68, 4096]);
});

test('a small picture keeps its pixels and carries no metadata', async () => {
  const { bytes, widthPx, heightPx } = await makeRecognitionJpeg(noise(300, 200));
  expect([widthPx, heightPx]).toEqual([300, 200]);
  const { exif, icc, xmp, iptc } = await sharp(bytes).metadata();
  expect([exif, icc, xmp, iptc]).toEqual([undefined, undefined, undefined, undefined]);
});
