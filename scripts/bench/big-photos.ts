import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawScene } from '../../tests/fixtures/draw-scene.ts';

const COUNT = 6;
const LONG_SIDE_PX = 6000;

/** Race photos of 24 million pixels, drawn once per machine: paths. */
export async function bigPhotos(): Promise<string[]> {
  const folder = join(tmpdir(), 'focus-racer-bench-photos');
  mkdirSync(folder, { recursive: true });
  const paths: string[] = [];
  for (let index = 0; index < COUNT; index += 1) {
    const path = join(folder, `scene-${index}-${LONG_SIDE_PX}.jpg`);
    if (!existsSync(path)) {
      console.error(`  drawing photo ${index + 1} of ${COUNT}`);
      const { jpeg } = await drawScene({ longSidePx: LONG_SIDE_PX, portrait: false }, `bench/${index}`);
      writeFileSync(`${path}.part`, jpeg);
      renameSync(`${path}.part`, path);
    }
    paths.push(path);
  }
  return paths;
}
