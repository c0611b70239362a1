import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { type ReadBytes, readPhotoHeader } from './photo-header.ts';

const readerOf =
  (bytes: Buffer): ReadBytes =>
  async (position, length) =>
    bytes.subarray(position, position + length);
const draw = () => sharp({ create: { width: 123, height: 45, channels: 3, background: '#456' } });

describe('the header of a photo', () => {
  test.each([
    ['jpeg', () => draw().jpeg().toBuffer()],
    ['jpeg', () => draw().jpeg({ progressive: true }).toBuffer()],
    [
      'jpeg',
      () =>
        draw()
          .jpeg()
          .withExif({ IFD0: { Copyright: 'x'.repeat(30_000) } })
          .toBuffer(),
    ],
    ['png', () => draw().png().toBuffer()],
    ['webp', () => draw().webp().toBuffer()],
    ['webp', () => draw().webp({ lossless: true }).toBuffer()],
    [
      'webp',
      () =>
        draw()
          .webp()
          .withExif({ IFD0: { Copyright: 'me' } })
          .toBuffer(),
    ],
  ])('gives the type and the size of a %s', async (format, make) => {
    expect(await readPhotoHeader(readerOf(await make()))).toEqual({ format, widthPx: 123, heightPx: 45 });
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00')],
    ['a JPEG start and zeros', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(4000)])],
    [
      'a JPEG start and fill bytes for ever',
      Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(9000, 255)]),
    ],
    ['a RIFF that is no image', Buffer.from('RIFF\x00\x00\x00\x00WAVEfmt                  ')],
  ])('refuses %s', async (_, bytes) => {
    expect(await readPhotoHeader(readerOf(bytes))).toBeNull();
  });

  test('a bomb is known by its header', async () => {
    const png = await draw().png().toBuffer();
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    expect(await readPhotoHeader(readerOf(png))).toMatchObject({ widthPx: 60_000, heightPx: 60_000 });
  });
});
