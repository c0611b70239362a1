import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import type { WatermarkOptions } from '../findings.ts';
import { decodePhoto, type Pixels } from './decode-photo.ts';
import { makeRenditions } from './make-renditions.ts';
import { resizePixelsTo } from './resize-pixels.ts';

const tilesPerSide = 4;
/** WebP at quality 80 alone changes these pictures by less than 2 of 255. */
const visibleDifference = 3;

test.each(['#000000', '#808080', '#ffffff'])(
  'the mark is seen in every part of a plain %s picture',
  async (colour) => {
    const pixels = await plain(colour, 3000, 2000);
    const { preview, thumbnail } = await makeRenditions(pixels, { mark: { seed: 'one' } });
    for (const rendition of [preview, thumbnail]) {
      const marked = await tileDifferences(pixels, rendition.bytes);
      expect(marked.filter((difference) => difference > visibleDifference).length).toBe(16);
    }
  },
);

test('the mark is seen on a photo with texture, and not on the web rendition', async () => {
  const { pixels } = await decodePhoto(
    await drawPlainPhoto({ seed: 'texture', widthPx: 2400, heightPx: 1600 }),
  );
  const { web, preview } = await makeRenditions(pixels, { mark: { seed: 'one' } });
  expect(
    (await tileDifferences(pixels, preview.bytes)).filter((value) => value > visibleDifference).length,
  ).toBeGreaterThanOrEqual(9);
  expect(Math.max(...(await tileDifferences(pixels, web.bytes)))).toBeLessThan(visibleDifference);
});

test('each photo has its mark elsewhere, so that the mean of a series does not show it', async () => {
  const pixels = await plain('#808080', 1200, 800);
  const marked = await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const { preview } = await makeRenditions(pixels, { mark: { seed: `photo ${index}` } });
      return sharp(preview.bytes).greyscale().raw().toBuffer();
    }),
  );
  const mean = marked[0]?.map(
    (_, at) => marked.reduce((sum, photo) => sum + (photo[at] ?? 0), 0) / marked.length,
  );
  expect(contrast(mean ?? Buffer.alloc(0))).toBeLessThan(contrast(marked[0] ?? Buffer.alloc(0)) / 2);
});

test('the same photo gets the same mark again', async () => {
  const pixels = await plain('#408040', 900, 600);
  const [first, second] = await Promise.all(
    [1, 2].map(() => makeRenditions(pixels, { mark: { seed: 'same' } })),
  );
  expect(
    Buffer.compare(first?.preview.bytes ?? Buffer.alloc(0), second?.preview.bytes ?? Buffer.alloc(1)),
  ).toBe(0);
});

test('renditions have their sizes, keep the shape, never enlarge, and carry no metadata', async () => {
  const photo = await drawPlainPhoto({
    seed: 'exif',
    widthPx: 3000,
    heightPx: 2000,
    position: { latitude: 45, longitude: 6 },
  });
  const { web, preview, thumbnail } = await makeRenditions((await decodePhoto(photo)).pixels, {
    mark: { seed: 's' },
  });
  expect([web, preview, thumbnail].map(({ widthPx, heightPx }) => [widthPx, heightPx])).toEqual([
    [1600, 1067],
    [1200, 800],
    [400, 267],
  ]);
  for (const { bytes } of [web, preview, thumbnail]) {
    const metadata = await sharp(bytes).metadata();
    expect([metadata.format, metadata.exif, metadata.xmp, metadata.iptc, metadata.icc]).toEqual([
      'webp',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  }
  const small = await makeRenditions(await plain('#808080', 300, 500), { mark: { seed: 's' } });
  expect([small.web.widthPx, small.web.heightPx]).toEqual([300, 500]);
});

test("an operator's own PNG replaces the mark, and nothing but a PNG is taken", async () => {
  const pixels = await plain('#000000', 1200, 800);
  const png = await sharp({ create: { width: 400, height: 200, channels: 4, background: '#ff0000ff' } })
    .png()
    .toBuffer();
  const { preview } = await makeRenditions(pixels, { mark: { seed: 's', png } });
  const { channels } = await sharp(preview.bytes).stats();
  expect(channels[0]?.mean).toBeGreaterThan(50);
  expect(channels[1]?.mean).toBeLessThan(10);
  const svg: WatermarkOptions = { seed: 's', png: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') };
  await expect(makeRenditions(pixels, { mark: svg })).rejects.toMatchObject({ reason: 'unsupported-format' });
});

/** Standard deviation of the values. */
function contrast(values: Uint8Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

async function plain(background: string, widthPx: number, heightPx: number): Promise<Pixels> {
  const data = await sharp({ create: { width: widthPx, height: heightPx, channels: 3, background } })
    .raw()
    .toBuffer();
  return { data, widthPx, heightPx };
}

/** Mean difference to the clean picture of the same size, in each of 16 parts. */
async function tileDifferences(pixels: Pixels, webp: Uint8Array): Promise<number[]> {
  const { data, info } = await sharp(webp).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const clean = await resizePixelsTo(pixels, info.width, info.height);
  const sums = new Array<number>(tilesPerSide ** 2).fill(0);
  for (let at = 0; at < data.length; at++) {
    const pixel = Math.floor(at / 3);
    const column = Math.floor(((pixel % info.width) * tilesPerSide) / info.width);
    const row = Math.floor((Math.floor(pixel / info.width) * tilesPerSide) / info.height);
    const tile = row * tilesPerSide + column;
    sums[tile] = (sums[tile] ?? 0) + Math.abs((data[at] ?? 0) - (clean.data[at] ?? 0));
  }
  return sums.map((sum) => (sum * tilesPerSide ** 2) / data.length);
}
