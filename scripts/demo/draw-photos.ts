import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawEvent } from '../../tests/fixtures/event/draw-event.ts';
import { DEMO_WISH } from './demo-event.ts';

/** A process of its own, so that drawing does not hold up the server: says each photo's path as it is done. */
const folder = process.argv[2];
if (!folder || !process.send) throw new Error('to be forked with the folder to draw into');
mkdirSync(folder, { recursive: true });

await drawEvent(DEMO_WISH, (photo) => {
  const path = join(folder, photo.name);
  if (!existsSync(path)) {
    writeFileSync(`${path}.part`, photo.jpeg);
    renameSync(`${path}.part`, path);
  }
  process.send?.({ path });
});
process.disconnect();
