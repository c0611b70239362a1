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
  // East or west of Greenwich it would lie outside of what calendars write with four digits.
  '9999:12:31 23:59:59',
])('a date that never was (%s) reads as absent', async (date) => {
  const capture = await captureOf({ IFD2: { DateTimeOriginal: date } });
  expect(capture).toMatchObject({ takenAtLocal: null, hasSubSecond: false });
});

test('29 February of a leap year is a date', async () => {
  const capture = await captureOf({ IFD2: { DateTimeOriginal: '2024:02:29 10:00:00' } });
  expect(capture.takenAtLocal).toBe('2024-02-29T10:00:00.000');
});

/** An EXIF block with nothing but the camera's count of its images. */
function exifWithImageNumber(count: number): Buffer {
  const exif = Buffer.alloc(6 + 8 + 18 + 18);
  exif.write('Exif\0\0II*\0', 'latin1');
  const directories = [
    [8, 0x8769, 26],
    [26, 0x9211, count],
  ] as const;
  exif.writeUInt32LE(8, 6 + 4);
  for (const [at, tag, value] of directories) {
    exif.writeUInt16LE(1, 6 + at);
    exif.writeUInt16LE(tag, 6 + at + 2);
    exif.writeUInt16LE(4, 6 + at + 4);
    exif.writeUInt32LE(1, 6 + at + 6);
    exif.writeUInt32LE(value, 6 + at + 10);
  }
  return exif;
}

test.each([
  [7204, 7204],
  [2_147_483_647, 2_147_483_647],
  [4_294_967_295, null],
])(
  'an image number of %i is kept as %j: one that no database column holds fails no photo',
  async (count, kept) => {
    const { metadata } = await decodePhoto(
      await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
        .jpeg()
        .toBuffer(),
    );
    const capture = await readCapture({ ...metadata, exif: exifWithImageNumber(count) });
    expect(capture.sequence).toBe(kept);
  },
);

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
