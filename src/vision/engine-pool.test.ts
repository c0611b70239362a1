// vitest: alone
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { CANARY, drawCanaryPhoto } from '../../tests/fixtures/canary-photo.ts';
import { drawPlainPhoto } from '../../tests/fixtures/plain-photo.ts';
import { createEnginePool } from './engine-pool.ts';
import type { EditPlan } from './findings.ts';
import { drawName } from './pixels/name-band.ts';

const pool = createEnginePool({ lanes: 2 });
afterAll(() => pool.close());

const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');

test('one decode gives bibs, quality, renditions and a placeholder', async () => {
  const photo = await drawPlainPhoto({ seed: 'pool', widthPx: 1600, heightPx: 1067, text: '1432' });
  const analysis = await pool.analysePhoto(photo, {
    bibs: {},
    quality: true,
    renditions: { mark: { seed: 'pool' } },
    miniature: { longSidePx: 320 },
  });
  expect(analysis).toMatchObject({
    widthPx: 1600,
    heightPx: 1067,
    format: 'jpeg',
    bibs: [{ bib: '1432', kind: 'sure' }],
    quality: { blurry: false },
    renditions: { web: { widthPx: 1600 }, preview: { widthPx: 1200 }, thumbnail: { widthPx: 400 } },
    miniature: { widthPx: 320 },
    tone: expect.stringMatching(/^#[0-9a-f]{6}$/),
    placeholder: expect.stringMatching(/^data:image\/webp;base64,/),
  });
  expect(analysis.cpuMs).toBeGreaterThan(0);
  const preview = await sharp(analysis.renditions?.preview.bytes).metadata();
  expect(preview.format).toBe('webp');
});

test('the box of a bib lies on its digits in the upright picture', async () => {
  const photo = await drawPlainPhoto({ seed: 'box', widthPx: 1500, heightPx: 1000, text: '507' });
  const turned = await sharp(photo).rotate(270).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  for (const bytes of [photo, turned]) {
    const { bibs } = await pool.analysePhoto(bytes, { bibs: {} });
    const box = bibs?.find(({ bib }) => bib === '507')?.box ?? { x: 0, y: 0, w: 0, h: 0 };
    expect(box.x + box.w / 2).toBeCloseTo(0.5, 1);
    expect(box.y + box.h / 2).toBeCloseTo(0.53, 1);
  }
});

test('an edit is applied in a child too, and a file that is no photo is refused there', async () => {
  const photo = await drawPlainPhoto({ seed: 'edit', widthPx: 900, heightPx: 600 });
  const plan: EditPlan = {
    rotateDegrees: 2,
    whiteBalance: [1.1, 1, 0.95],
    exposureStops: 0.4,
    contrast: 1.1,
    worthwhile: true,
  };
  const edited = await pool.editPhoto(photo, plan);
  expect(edited.widthPx).toBeGreaterThan(820);
  expect(await pool.analysePhoto(edited.bytes, {})).toMatchObject({
    format: 'jpeg',
    widthPx: edited.widthPx,
    heightPx: edited.heightPx,
  });
  await expect(pool.editPhoto(svg, plan)).rejects.toMatchObject({ reason: 'unsupported-format' });
});

test('LEAK-10: the size sold for screens is upright, unmarked, at most 1600 px, and carries no metadata', async () => {
  const photo = await drawCanaryPhoto({ seed: 'copy' });
  const large = await sharp(photo)
    .resize({ width: 2400 })
    .keepMetadata()
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const copy = await pool.makeWebCopy(large, { plan: null, name: null });
  expect([copy.widthPx, copy.heightPx]).toEqual([1067, 1600]);
  const { exif, xmp, iptc, format, space } = await sharp(copy.bytes).metadata();
  expect([exif, xmp, iptc, format, space]).toEqual([undefined, undefined, undefined, 'jpeg', 'srgb']);
  expect(Buffer.from(copy.bytes).includes(CANARY)).toBe(false);
  const plain = await sharp(large).autoOrient().resize({ height: 1600 }).raw().toBuffer();
  expect(meanDifference(await rawOf(copy.bytes), plain)).toBeLessThan(3);
});

test('a sponsor’s name stands in a band along the lower edge, and nowhere else', async () => {
  const photo = await drawPlainPhoto({ seed: 'band', widthPx: 900, heightPx: 600 });
  const [plain, named] = await Promise.all(
    [null, await drawName('Maison Léon <b>& fils</b>')].map((name) =>
      pool.makeWebCopy(photo, { plan: null, name }),
    ),
  );
  expect([named?.widthPx, named?.heightPx]).toEqual([900, 600]);
  const [before, after] = await Promise.all([plain, named].map((copy) => rawOf(copy?.bytes)));
  if (!before || !after) throw new Error('no copy');
  const upper = 900 * 3 * 500;
  expect(meanDifference(before.subarray(0, upper), after.subarray(0, upper))).toBeLessThan(1);
  const band = after.subarray(900 * 3 * 530);
  expect(band.filter((value) => value > 240).length).toBeGreaterThan(1_000);
  expect(meanDifference(before.subarray(900 * 3 * 530), band)).toBeGreaterThan(20);
});

test('every letter of a sponsor’s name is drawn', async () => {
  const widthOf = async (name: string) => {
    const { data, info } = await sharp(await drawName(name))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const inked = [...data.keys()].filter((at) => at % 4 === 3 && (data[at] ?? 0) > 0);
    return Math.max(...inked.map((at) => ((at - 3) / 4) % info.width)) / info.width;
  };
  for (const name of ['Léon & fils, Annecy', 'S.A.R.L. Bös & Çö 1985', '5<@sy']) {
    expect(await widthOf(name)).toBeGreaterThan(0.93);
  }
});

test('only what was asked for is done', async () => {
  const photo = await drawPlainPhoto({ seed: 'parts' });
  const analysis = await pool.analysePhoto(photo, {});
  expect([analysis.bibs, analysis.quality, analysis.renditions]).toEqual([undefined, undefined, undefined]);
});

test('a file that is no photo fails alone, with its reason', async () => {
  const photo = await drawPlainPhoto({ seed: 'alone' });
  const results = await Promise.allSettled(
    [svg, photo, Buffer.alloc(0), photo].map((bytes) => pool.analysePhoto(bytes, {})),
  );
  expect(results.map((result) => (result.status === 'fulfilled' ? 'read' : result.reason.reason))).toEqual([
    'unsupported-format',
    'read',
    'empty',
    'read',
  ]);
});

test('the pool says when it is ready', async () => {
  expect(await pool.ready()).toBe(true);
});

test('a photo over its time fails as such', async () => {
  // Even starting the process takes longer than this.
  await using hasty = closing(createEnginePool({ lanes: 1, timeLimitMs: 20 }));
  await expect(hasty.pool.analysePhoto(largePng, {})).rejects.toMatchObject({ reason: 'timed-out' });
});

test('a photo over its memory fails as such', async () => {
  await using narrow = closing(createEnginePool({ lanes: 1, memoryLimitMb: 130 }));
  await expect(narrow.pool.analysePhoto(largePng, { bibs: {} })).rejects.toMatchObject({
    reason: 'out-of-memory',
  });
});

test.runIf(existsSync('/proc/self/task'))(
  'a killed process costs one photo and holds no secrets',
  async () => {
    const own = closing(createEnginePool({ lanes: 1 }));
    await using one = own;
    process.env.ENGINE_POOL_TEST_SECRET = 'do not pass on';
    const before = childProcesses();
    await one.pool.ready();
    const [child = 0] = childProcesses().filter((pid) => !before.includes(pid));
    expect(readFileSync(`/proc/${child}/environ`, 'utf8')).not.toContain('do not pass on');
    const reading = one.pool.analysePhoto(largePng, { bibs: {} });
    process.kill(child, 'SIGKILL');
    await expect(reading).rejects.toMatchObject({ reason: 'crashed' });
    await expect(one.pool.analysePhoto(await drawPlainPhoto({ seed: 'next' }), {})).resolves.toMatchObject({
      format: 'jpeg',
    });
  },
);

test.runIf(existsSync('/proc/self/task'))(
  'a process that holds too much after a photo gives way to a new one, and no photo is lost by it',
  async () => {
    await using small = closing(createEnginePool({ lanes: 1, recycleAboveMb: 1 }));
    const before = childProcesses();
    const photo = await drawPlainPhoto({ seed: 'recycled' });
    const seen = new Set<number>();
    for (let index = 0; index < 3; index += 1) {
      const reading = small.pool.analysePhoto(photo, {});
      for (const pid of childProcesses()) if (!before.includes(pid)) seen.add(pid);
      await expect(reading).resolves.toMatchObject({ format: 'jpeg' });
    }
    expect(seen.size).toBeGreaterThanOrEqual(3);
  },
);

test('a file that ends its process stops only the lane it is in', async () => {
  await using two = closing(createEnginePool({ lanes: 2, timeLimitMs: 20_000, memoryLimitMb: 260 }));
  const photo = await drawPlainPhoto({ seed: 'beside' });
  const poison = two.pool.analysePhoto(largePng, { bibs: {} });
  const others = Promise.allSettled(Array.from({ length: 4 }, () => two.pool.analysePhoto(photo, {})));
  await expect(poison).rejects.toMatchObject({ reason: 'out-of-memory' });
  expect((await others).map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'fulfilled'));
});

test('a closed pool refuses, and what still waited is told', async () => {
  const { pool: ended } = closing(createEnginePool({ lanes: 1 }));
  const waiting = [largePng, largePng].map((bytes) => ended.analysePhoto(bytes, { bibs: {} }));
  const outcomes = Promise.allSettled(waiting);
  await ended.close();
  for (const outcome of await outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { reason: 'closed' } });
  await expect(ended.analysePhoto(largePng, {})).rejects.toMatchObject({ reason: 'closed' });
});

/** 100 megapixels: a second of work and hundreds of megabytes from a small file. */
const largePng = await sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: '#345' } })
  .png({ compressionLevel: 1 })
  .toBuffer();

function closing(pool: ReturnType<typeof createEnginePool>) {
  return { pool, [Symbol.asyncDispose]: () => pool.close() };
}

function childProcesses(): number[] {
  return readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
}

function rawOf(bytes: Uint8Array | undefined): Promise<Buffer> {
  return sharp(bytes).raw().toBuffer();
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
}
