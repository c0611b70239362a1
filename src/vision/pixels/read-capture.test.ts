import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawBadImages } from '../../../tests/fixtures/bad-images.ts';
import { decodePhoto } from './decode-photo.ts';
import { readCapture } from './read-capture.ts';

async function captureOf(exif: Record<string, Record<string, string>>) {
  const jpeg = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#888' } })
    .jpeg()
    .withExif(exif)
    .toBuffer();
  return readCapture((await decodePhoto(jpeg)).metadata);
}

test('the camera wall clock is read with its sub-second and without any zone', async () => {
  const capture = await captureOf({
    IFD0: { Make: 'Canon', Model: 'EOS R6' },
    IFD2: { DateTimeOriginal: '2026:05:17 09:03:07', SubSecTimeOriginal: '58', OffsetTimeOriginal: '+09:00' },
  });
  expect(capture).toMatchObject({
    takenAtLocal: '2026-05-17T09:03:07.580',
    hasSubSecond: true,
    make: 'Canon',
    model: 'EOS R6',
    orientation: 1,
  });
});

test.each([
  '2026:02:30 10:00:00',
  '0000:00:00 00:00:00',
  'yesterday',
  '    :  :     :  :  ',
  '2026:05:17 25:00:00',
])('a date that never was (%s) reads as absent', async (date) => {
  const capture = await captureOf({ IFD2: { DateTimeOriginal: date } });
  expect(capture).toMatchObject({ takenAtLocal: null, hasSubSecond: false });
});

test('29 February of a leap year is a date', async () => {
  const capture = await captureOf({ IFD2: { DateTimeOriginal: '2024:02:29 10:00:00' } });
  expect(capture.takenAtLocal).toBe('2024-02-29T10:00:00.000');
});

test('author text comes without control characters and with a bound', async () => {
  const capture = await captureOf({
    IFD0: { Artist: `Anna\r\nBcc: x${'y'.repeat(5000)}`, Copyright: '  ' },
  });
  expect(capture.author).toMatch(/^Anna Bcc: xy+$/);
  expect(capture.author?.length).toBe(200);
  expect(capture.copyright).toBeNull();
});

test('a broken EXIF block reads as an absent one', async () => {
  const broken = (await drawBadImages()).find(({ name }) => name === 'broken-exif.jpg');
  const capture = await readCapture((await decodePhoto(broken?.bytes ?? Buffer.alloc(0))).metadata);
  expect(capture.takenAtLocal).toBeNull();
});

test('the colour profile is named', async () => {
  const jpeg = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#888' } })
    .withIccProfile('p3')
    .jpeg()
    .toBuffer();
  const capture = await readCapture((await decodePhoto(jpeg)).metadata);
  expect(capture.colourProfile).toMatch(/p3/i);
});
