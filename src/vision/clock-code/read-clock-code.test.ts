import encodeQR from 'qr';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import { analysePhoto } from '../analyse-photo.ts';
import { decodePhoto } from '../pixels/decode-photo.ts';
import { readClockCode } from './read-clock-code.ts';

const instant = '2026-05-17T09:12:33.250Z';

test.each([
  { seen: 'upright', sharePercent: 30, turnDegrees: 0, lean: 0 },
  { seen: 'small', sharePercent: 10, turnDegrees: 8, lean: 0 },
  { seen: 'held askew', sharePercent: 25, turnDegrees: -31, lean: 0.25 },
  { seen: 'head down', sharePercent: 20, turnDegrees: 180, lean: 0.1 },
])('the time is read from a phone that is seen $seen', async ({ sharePercent, turnDegrees, lean }) => {
  const photo = await drawPhone({ text: `FR1:${instant}`, sharePercent, turnDegrees, lean });
  expect(readClockCode((await decodePhoto(photo)).pixels)).toBe(instant);
});

test.each([
  'https://sponsor.example/win',
  instant,
  `FR2:${instant}`,
  'FR1:2026-05-17T09:12:33Z',
  'FR1:2026-05-17T09:12:33.250+02:00',
  'FR1:2026-02-30T09:12:33.250Z',
  'FR1:2026-05-17T25:12:33.250Z',
  `FR1:${instant}\nFR1:${instant}`,
])('a code that says %j is none of ours', async (text) => {
  const photo = await drawPhone({ text, sharePercent: 40, turnDegrees: 0, lean: 0 });
  expect(readClockCode((await decodePhoto(photo)).pixels)).toBeNull();
});

test('an analysis tells the time of a photo of the clock, and of no other', async () => {
  const photo = await drawPhone({ text: `FR1:${instant}`, sharePercent: 30, turnDegrees: 5, lean: 0 });
  expect((await analysePhoto(photo, {})).clockCode).toBe(instant);
  expect(await analysePhoto(await drawPlainPhoto({ seed: 3 }), {})).not.toHaveProperty('clockCode');
});

interface Phone {
  text: string;
  /** Width of the code's sheet of the photo's. */
  sharePercent: number;
  turnDegrees: number;
  /** How far a side leans as the phone is not held square to the camera. */
  lean: number;
}

async function drawPhone({ text, sharePercent, turnDegrees, lean }: Phone): Promise<Buffer> {
  const scene = sharp(await drawPlainPhoto({ seed: 1 })).resize(1024, 683);
  const sidePx = Math.round((1024 * sharePercent) / 100);
  const code = await sharp(Buffer.from(encodeQR(text, 'svg', { border: 4 })), { density: 600 })
    .resize(sidePx, sidePx, { kernel: 'lanczos3' })
    .flatten({ background: '#f4f6ff' })
    .extend({ top: 30, bottom: 50, left: 12, right: 12, background: '#181a1c' })
    .toBuffer();
  const turned = await sharp(code).rotate(turnDegrees, { background: '#00000000' }).png().toBuffer();
  const leaning = await sharp(turned)
    .affine([1, lean, -lean / 3, 0.97], { background: '#00000000' })
    .blur(0.6)
    .png()
    .toBuffer();
  return scene
    .composite([{ input: leaning, left: 300, top: 90 }])
    .jpeg({ quality: 85 })
    .toBuffer();
}
