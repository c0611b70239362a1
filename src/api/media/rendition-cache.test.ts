import { expect, test } from 'vitest';
import { createTestContext } from '../../../tests/harness.ts';
import { createRenditionCache } from './rendition-cache.ts';

const BODY = Buffer.alloc(65_000, 7);

async function open() {
  const ctx = await createTestContext();
  const seen = { reads: 0 };
  ctx.storage.get = async () => {
    seen.reads += 1;
    return Buffer.from(BODY);
  };
  const cache = createRenditionCache();
  const goThrough = async (count: number) => {
    for (let index = 0; index < count; index += 1) await cache.bytes(ctx, `renditions/${index}.webp`);
  };
  return { seen, goThrough };
}

test('images that fit are read once, however many ask for them', async () => {
  const { seen, goThrough } = await open();
  for (let round = 0; round < 5; round += 1) await goThrough(60);
  expect(seen.reads).toBe(60);
});

test('a crowd that goes through twice what fits finds a third of it kept', async () => {
  const { seen, goThrough } = await open();
  await goThrough(900);
  seen.reads = 0;
  for (let round = 0; round < 10; round += 1) await goThrough(900);
  expect(seen.reads).toBeLessThan((2 / 3) * 10 * 900);
});

test('an image that many ask for finds its place in a full room', async () => {
  const { seen, goThrough } = await open();
  await goThrough(900);
  for (let round = 0; round < 16; round += 1) await goThrough(5);
  seen.reads = 0;
  await goThrough(5);
  expect(seen.reads).toBe(0);
});
