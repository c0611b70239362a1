// vitest: alone
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import {
  ADOBE_RGB,
  type ColourSpace,
  deltaE,
  PROPHOTO,
  profileOf,
} from '../../tests/fixtures/colour-space.ts';
import { drawPlainPhoto } from '../../tests/fixtures/plain-photo.ts';
import { ORIENTATIONS, storedAs } from '../../tests/fixtures/stored-as.ts';
import { createEnginePool } from './engine-pool.ts';
import type { PhotoFailureReason } from './findings.ts';

type Rgb = [number, number, number];

const pool = createEnginePool({ lanes: 1, timeLimitMs: 120_000 });
const folder = mkdtempSync(join(tmpdir(), 'odd-photos-'));
afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true });
});

describe('IMG-04: a photo stored in any orientation', () => {
  const size = { widthPx: 1800, heightPx: 1300 };
  const plain = { widthPx: 1200, heightPx: 800 };
  /** The bib stands in the upper left part, a red corner in the lower right. */
  const upright = async () =>
    sharp(await drawPlainPhoto({ seed: 'turned', ...plain, text: '507' }))
      .extend({
        right: size.widthPx - plain.widthPx,
        bottom: size.heightPx - plain.heightPx,
        background: '#3a4a3c',
      })
      .composite([
        {
          input: { create: { width: 300, height: 200, channels: 3, background: '#e01010' } },
          left: 1500,
          top: 1100,
        },
      ])
      .png()
      .toBuffer();

  test.each(ORIENTATIONS)(
    '%i is read and shown upright, with its boxes in the same frame',
    async (orientation) => {
      const stored = await storedAs(await upright(), orientation);
      const { bibs, renditions, ...analysis } = await pool.analysePhoto(stored, {
        bibs: {},
        renditions: { mark: { seed: 'turned' } },
      });
      expect(analysis).toMatchObject(size);
      const box = bibs?.find(({ bib }) => bib === '507')?.box;
      expect((box?.x ?? 0) + (box?.w ?? 0) / 2).toBeCloseTo((0.5 * plain.widthPx) / size.widthPx, 1);
      expect((box?.y ?? 0) + (box?.h ?? 0) / 2).toBeCloseTo((0.53 * plain.heightPx) / size.heightPx, 1);
      for (const rendition of [renditions?.web, renditions?.preview, renditions?.thumbnail]) {
        const { widthPx, heightPx, at } = await openPixels(sharp(rendition?.bytes));
        expect(widthPx / heightPx).toBeCloseTo(size.widthPx / size.heightPx, 1);
        expect(deltaE(at(0.92, 0.95), [224, 16, 16])).toBeLessThan(40);
        expect(deltaE(at(0.92, 0.05), [224, 16, 16])).toBeGreaterThan(60);
      }
    },
  );
});

describe('IMG-05: the colours of a photo stored as', () => {
  const QUADRANTS: Rgb[] = [
    [200, 60, 50],
    [70, 150, 80],
    [60, 80, 170],
    [225, 200, 150],
  ];
  const PLACES = [0.25, 0.75].flatMap((y) => [0.25, 0.75].map((x) => [x, y] as const));

  /** 800 × 600 in four plain quarters. */
  const paint = (colours: Rgb[]) => {
    const [one, two, three, four] = colours.map(([r, g, b]) => ({
      create: { width: 400, height: 300, channels: 3 as const, background: { r, g, b } },
    }));
    return sharp({ create: { width: 800, height: 600, channels: 3, background: '#000' } }).composite([
      { input: one, left: 0, top: 0 },
      { input: two, left: 400, top: 0 },
      { input: three, left: 0, top: 300 },
      { input: four, left: 400, top: 300 },
    ]);
  };
  const pixelsOf = (colours: Rgb[]) => paint(colours).png().toBuffer();
  const inSpace = async (space: ColourSpace) => {
    const profile = join(folder, `${space.name}.icc`);
    writeFileSync(profile, profileOf(space));
    const stored = await sharp(await pixelsOf(QUADRANTS))
      .withIccProfile(profile)
      .jpeg({ quality: 98 })
      .toBuffer();
    // Read without their profile, its numbers are other colours.
    expect((await differencesOf(sharp(stored).keepIccProfile()))[0]).toBeGreaterThan(8);
    return stored;
  };
  const inInks = async () =>
    sharp(await pixelsOf(QUADRANTS))
      .toColourspace('cmyk')
      .withIccProfile('cmyk');
  const differencesOf = async (image: Sharp, expected = QUADRANTS) => {
    const { at } = await openPixels(image);
    return PLACES.map(([x, y], index) => deltaE(at(x, y), expected[index] ?? [0, 0, 0]));
  };

  test.each<[string, () => Promise<Buffer>]>([
    [
      'sRGB',
      async () =>
        sharp(await pixelsOf(QUADRANTS))
          .jpeg({ quality: 95 })
          .toBuffer(),
    ],
    [
      'sixteen bits',
      async () =>
        sharp(await pixelsOf(QUADRANTS))
          .toColourspace('rgb16')
          .png()
          .toBuffer(),
    ],
    [
      'Display P3',
      async () =>
        sharp(await pixelsOf(QUADRANTS))
          .withIccProfile('p3')
          .jpeg({ quality: 98 })
          .toBuffer(),
    ],
    ['Adobe RGB', () => inSpace(ADOBE_RGB)],
    ['ProPhoto', () => inSpace(PROPHOTO)],
  ])('%s are shown as in sRGB', async (_, draw) => {
    expect(Math.max(...(await differencesOf(await shown(await draw()))))).toBeLessThan(8);
  });

  test('CMYK are shown as the same inks in a file without loss', async () => {
    const { at } = await openPixels(sharp(await (await inInks()).tiff().toBuffer()).toColourspace('srgb'));
    const stored = await (await inInks()).jpeg({ quality: 98 }).toBuffer();
    const expected = PLACES.map(([x, y]) => at(x, y));
    expect(Math.max(...(await differencesOf(await shown(stored), expected)))).toBeLessThan(8);
  });

  async function shown(stored: Buffer): Promise<Sharp> {
    const { renditions } = await pool.analysePhoto(stored, { renditions: { mark: { seed: 'plain' } } });
    return sharp(renditions?.web.bytes);
  }
});

describe('IMG-06: a file of another kind', () => {
  const box = (brand: string) =>
    Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from(`ftyp${brand}`),
      Buffer.alloc(12),
      Buffer.alloc(900, 7),
    ]);
  const withPreview = async (head: string) =>
    Buffer.concat([
      Buffer.from(head, 'latin1'),
      Buffer.alloc(64),
      await drawPlainPhoto({ seed: 'preview', text: '77' }),
    ]);

  test.each<[string, () => Promise<Buffer>]>([
    ['HEIC', async () => box('heic')],
    [
      'AVIF',
      () =>
        sharp({ create: { width: 64, height: 64, channels: 3, background: '#456' } })
          .avif()
          .toBuffer(),
    ],
    ['TIFF, NEF, ARW, DNG or CR2', () => withPreview('II*\0')],
    ['PEF or another big-endian TIFF', () => withPreview('MM\0*')],
    ['CR3', () => withPreview('\0\0\0\x18ftypcrx ')],
    ['RAF', () => withPreview('FUJIFILMCCD-RAW ')],
    ['RW2', () => withPreview('IIU\0')],
    ['ORF', () => withPreview('IIRO')],
    ['CRW', () => withPreview('II\x1a\0\0\0HEAPCCDR')],
    ['MRW', () => withPreview('\0MRM')],
    ['X3F', () => withPreview('FOVb')],
    ['JPEG XL', async () => Buffer.concat([Buffer.from([0xff, 0x0a]), Buffer.alloc(900, 3)])],
    [
      'JPEG XL in its box',
      async () =>
        Buffer.concat([
          Buffer.from([0, 0, 0, 12]),
          Buffer.from('JXL \r\n\x87\n', 'latin1'),
          Buffer.alloc(900),
        ]),
    ],
    [
      'JPEG 2000',
      async () =>
        Buffer.concat([
          Buffer.from([0, 0, 0, 12]),
          Buffer.from('jP  \r\n\x87\n', 'latin1'),
          Buffer.alloc(900),
        ]),
    ],
  ])('%s is refused as such, and a preview in it is not taken for the photo', async (_, draw) => {
    await expect(pool.analysePhoto(await draw(), {})).rejects.toMatchObject({ reason: 'unsupported-format' });
  });
});

describe('IMG-07: a file that was cut', () => {
  const CUT: PhotoFailureReason[] = ['truncated', 'corrupt'];
  const kinds: [string, (photo: Buffer) => Promise<Buffer>][] = [
    ['JPEG', async (photo) => photo],
    ['progressive JPEG', (photo) => sharp(photo).jpeg({ progressive: true }).toBuffer()],
    ['PNG', (photo) => sharp(photo).png().toBuffer()],
    ['WebP', (photo) => sharp(photo).webp().toBuffer()],
  ];

  test.each(kinds)('%s is never half a photo', async (_, encode) => {
    const whole = await encode(await drawPlainPhoto({ seed: 'cut', text: '1234' }));
    for (const share of [0.01, 0.1, 0.5, 0.9, 0.99]) {
      const failure = await pool.analysePhoto(whole.subarray(0, whole.length * share), {}).then(
        () => null,
        (error: { reason: PhotoFailureReason }) => error.reason,
      );
      expect([share, CUT]).toEqual([share, expect.arrayContaining([failure])]);
    }
  });

  test('a JPEG without its last two bytes is refused too: what is sold must be whole', async () => {
    const whole = await drawPlainPhoto({ seed: 'no-end' });
    await expect(pool.analysePhoto(whole.subarray(0, -2), {})).rejects.toMatchObject({
      reason: expect.stringMatching(/truncated|corrupt/),
    });
  });
});

async function openPixels(image: Sharp) {
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): Rgb => {
    const start = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return [data[start] ?? 0, data[start + 1] ?? 0, data[start + 2] ?? 0];
  };
  return { widthPx: info.width, heightPx: info.height, at };
}
