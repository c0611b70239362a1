import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawBadImages } from '../../../tests/fixtures/bad-images.ts';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import { ORIENTATIONS, storedAs } from '../../../tests/fixtures/stored-as.ts';
import { PhotoFailure, type PhotoFailureReason } from '../findings.ts';
import { decodePhoto } from './decode-photo.ts';

const reasonsFor: Record<string, (PhotoFailureReason | null)[]> = {
  empty: ['empty'],
  'not-an-image': ['not-an-image'],
  'unsupported-kind': ['unsupported-format'],
  damaged: ['truncated', 'corrupt'],
  'too-many-pixels': ['too-many-pixels'],
  readable: [null],
};

async function outcome(bytes: Uint8Array): Promise<PhotoFailureReason | null> {
  try {
    await decodePhoto(bytes);
    return null;
  } catch (error) {
    if (error instanceof PhotoFailure) return error.reason;
    throw error;
  }
}

test('damaged, foreign and enormous files are refused with their reason, odd photos are read', async () => {
  for (const image of await drawBadImages()) {
    const reason = await outcome(image.bytes);
    expect([image.name, reasonsFor[image.expected]?.includes(reason), reason]).toEqual([
      image.name,
      true,
      reason,
    ]);
  }
});

test('every EXIF orientation comes out upright', async () => {
  const upright = await sharp({ create: { width: 120, height: 80, channels: 3, background: '#102030' } })
    .composite([{ input: await plate(), left: 0, top: 0 }])
    .png()
    .toBuffer();
  for (const orientation of ORIENTATIONS) {
    const stored = await storedAs(upright, orientation);
    const { pixels, widthPx, heightPx } = await decodePhoto(stored);
    expect([orientation, widthPx, heightPx]).toEqual([orientation, 120, 80]);
    const redAt = (x: number, y: number) => pixels.data[(y * pixels.widthPx + x) * 3] ?? 0;
    expect([orientation, redAt(15, 10) > 180, redAt(110, 10) < 80, redAt(15, 70) < 80]).toEqual([
      orientation,
      true,
      true,
      true,
    ]);
  }
});

test('a large photo is decoded at a whole fraction and keeps its true size in the answer', async () => {
  const photo = await drawPlainPhoto({ seed: 'large', widthPx: 6000, heightPx: 4000 });
  const { widthPx, heightPx, pixels } = await decodePhoto(photo);
  expect([widthPx, heightPx]).toEqual([6000, 4000]);
  expect([pixels.widthPx, pixels.heightPx]).toEqual([3000, 2000]);
});

test('a photo only to be shown is decoded no larger than it is shown, whatever its shape', async () => {
  for (const [widthPx, heightPx] of [
    [2592, 1728],
    [1501, 2255],
    [1200, 800],
  ] as const) {
    const photo = await drawPlainPhoto({ seed: 'shown', widthPx, heightPx });
    const { pixels, ...decoded } = await decodePhoto(photo, 'show');
    expect([decoded.widthPx, decoded.heightPx]).toEqual([widthPx, heightPx]);
    expect(Math.max(pixels.widthPx, pixels.heightPx)).toBe(Math.min(1600, Math.max(widthPx, heightPx)));
    expect(pixels.widthPx / pixels.heightPx).toBeCloseTo(widthPx / heightPx, 2);
  }
});

test('transparency becomes white, and sixteen bits become eight', async () => {
  const png = await sharp({ create: { width: 40, height: 30, channels: 4, background: '#00000000' } })
    .toColourspace('rgb16')
    .png()
    .toBuffer();
  const { pixels } = await decodePhoto(png);
  expect(pixels.data.length).toBe(40 * 30 * 3);
  expect(pixels.data.every((value) => value === 255)).toBe(true);
});

function plate(): Promise<Buffer> {
  return sharp({ create: { width: 40, height: 25, channels: 3, background: '#ff2010' } })
    .png()
    .toBuffer();
}
