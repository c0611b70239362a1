import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import opentype, { type Font } from 'opentype.js';

/** The font of what is drawn on photos: it comes with the product, since a bare machine has none. */
export async function loadMarkFont(): Promise<Font> {
  const fontsFolder = join(dirname(createRequire(import.meta.url).resolve('geist/font')), 'fonts/geist-sans');
  const file = await readFile(join(fontsFolder, 'Geist-Bold.ttf'));
  return opentype.parse(new Uint8Array(file).buffer);
}
