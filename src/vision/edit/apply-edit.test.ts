import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import type { EditPlan } from '../findings.ts';
import { decodePhoto } from '../pixels/decode-photo.ts';
import { readCapture } from '../pixels/read-capture.ts';
import { readProfileName } from '../pixels/read-profile-name.ts';
import { applyEdit, editPixels } from './apply-edit.ts';

const nothing: EditPlan = {
  rotateDegrees: 0,
  whiteBalance: [1, 1, 1],
  exposureStops: 0,
  contrast: 1,
  worthwhile: true,
};
const instant = new Date('2026-05-17T07:30:00.250Z');
const photo = await drawPlainPhoto({ seed: 'apply', widthPx: 900, heightPx: 600, text: '88', instant });

test('an edit gives a new file of the same shape and leaves the original as it was', async () => {
  const before = Buffer.from(photo);
  const { bytes, widthPx, heightPx } = await applyEdit(photo, { ...nothing, exposureStops: 0.5 });
  expect([widthPx, heightPx]).toEqual([900, 600]);
  expect(Buffer.compare(photo, before)).toBe(0);
  expect(Buffer.compare(Buffer.from(bytes), before)).not.toBe(0);
  expect((await sharp(bytes).metadata()).format).toBe('jpeg');
});

test('a turned photo keeps its shape, has no empty corner, and its middle stays the middle', async () => {
  for (const rotateDegrees of [-5, -1.3, 2, 5]) {
    const { bytes, widthPx, heightPx } = await applyEdit(photo, { ...nothing, rotateDegrees });
    expect(widthPx / heightPx).toBeCloseTo(1.5, 2);
    expect(widthPx).toBeGreaterThan(900 * 0.88);
    const { pixels } = await decodePhoto(bytes);
    for (const [x, y] of [
      [0, 0],
      [widthPx - 1, 0],
      [0, heightPx - 1],
      [widthPx - 1, heightPx - 1],
    ] as const) {
      const at = (y * widthPx + x) * 3;
      expect(Math.max(...pixels.data.subarray(at, at + 3))).toBeGreaterThan(30);
    }
  }
});

test('a turn makes no pixel lighter or darker than all around it', async () => {
  const [widthPx, heightPx] = [240, 160];
  const checks = Array.from({ length: widthPx * heightPx * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return (Math.floor((pixel % widthPx) / 3) + Math.floor(pixel / widthPx / 5)) % 2 === 0 ? 12 : 246;
  });
  const pixels = { data: Buffer.from(checks), widthPx, heightPx };
  const { data } = await editPixels(pixels, { ...nothing, rotateDegrees: 3.3 });
  expect(Math.max(...data)).toBeLessThanOrEqual(246);
  expect(Math.min(...data)).toBeGreaterThanOrEqual(12);
});

test('white stays white and black stays black while everything between becomes lighter', async () => {
  const ramp = await sharp(Buffer.from(Array.from({ length: 256 * 3 }, (_, at) => Math.floor(at / 3))), {
    raw: { width: 256, height: 1, channels: 3 },
  })
    .resize(256, 8, { kernel: 'nearest', fit: 'fill' })
    .png()
    .toBuffer();
  const { bytes } = await applyEdit(ramp, { ...nothing, exposureStops: 1, contrast: 1.2 });
  const { data } = (await decodePhoto(bytes)).pixels;
  const tones = Array.from({ length: 256 }, (_, x) => data[(4 * 256 + x) * 3] ?? 0);
  expect(tones[0]).toBeLessThan(4);
  expect(tones[255]).toBeGreaterThan(251);
  expect(tones[118]).toBeGreaterThan(140);
  expect(Math.max(...tones.slice(0, 250))).toBeLessThan(254);
});

test('a turned phone photo in a wide colour space comes out upright, in sRGB, and says so', async () => {
  const red = { r: 200, g: 60, b: 40 };
  const phone = await sharp({ create: { width: 300, height: 200, channels: 3, background: red } })
    .jpeg({ quality: 95 })
    .withMetadata({ orientation: 6, icc: 'p3' })
    .toBuffer();
  const { bytes, widthPx, heightPx } = await applyEdit(phone, nothing);
  expect([widthPx, heightPx]).toEqual([200, 300]);
  const { icc, orientation } = await sharp(bytes).metadata();
  expect(icc && readProfileName(icc)).toContain('sRGB');
  expect(orientation ?? 1).toBe(1);
  const middle = (await decodePhoto(bytes)).pixels.data.subarray(150 * 200 * 3, 150 * 200 * 3 + 3);
  expect(Math.abs((middle[0] ?? 0) - red.r)).toBeLessThan(6);
});

test('the edited file says when and by whom the photo was taken, and not where', async () => {
  const signed = await sharp(photo)
    .keepExif()
    .withExifMerge({ IFD0: { Artist: 'Zoe Martin(Club)' }, IFD3: { GPSLatitudeRef: 'N' } })
    .toBuffer();
  const original = await readCapture(await sharp(signed).metadata());
  const { bytes } = await applyEdit(signed, nothing);
  const metadata = await sharp(bytes).metadata();
  const capture = await readCapture(metadata);
  expect(capture).toMatchObject({ takenAtLocal: original.takenAtLocal, model: original.model });
  expect(capture.author).toBe('Zoe Martin(Club)');
  expect(capture.bodySerial).toBe(null);
});

test('a preview of an edit is small', async () => {
  const { widthPx, heightPx } = await applyEdit(photo, { ...nothing, contrast: 1.2 }, { longSidePx: 300 });
  expect([widthPx, heightPx]).toEqual([300, 200]);
});
