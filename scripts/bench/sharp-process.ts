// The floor of everything about pixels: what sharp alone needs, in a process of its own as the engine is.
import { readFileSync } from 'node:fs';
import sharp from 'sharp';

export type SharpQuestion = { verb: 'decode' | 'renditions'; path: string };

sharp.concurrency(1);
sharp.cache(false);

process.on('message', async ({ verb, path }: SharpQuestion) => {
  const bytes = readFileSync(path);
  const start = process.cpuUsage();
  if (verb === 'decode') await sharp(bytes).raw().toBuffer();
  else await makeRenditions(bytes);
  const { user, system } = process.cpuUsage(start);
  process.send?.({ cpuMs: (user + system) / 1000 });
});

/** One decode, scaled while decoding as far as sharp likes, and the three files of the product from it, without a mark. */
async function makeRenditions(bytes: Buffer): Promise<void> {
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .resize(1600, 1600, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  for (const longSidePx of [1600, 1200, 400]) {
    await sharp(data, { raw: { width, height, channels: 3 } })
      .resize(longSidePx, longSidePx, { fit: 'inside' })
      .webp({ quality: 80, effort: 2 })
      .toBuffer();
  }
}
