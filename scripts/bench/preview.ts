import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareServers, startFileServer } from './compare-servers.ts';
import type { Figure, Measure } from './figure.ts';
import { fillEvent } from './filled-event.ts';
import { openSite } from './web.ts';

/** A gallery page of them, which the server keeps, and more than it can keep. */
const FEW = 60;
const MANY = 900;

export const preview: Measure = {
  name: 'preview',
  about: 'previews through the product, beside a bare Node server of the same files',
  async run() {
    await using site = await openSite();
    const event = await site.fill(({ ctx }) => fillEvent(ctx, MANY));
    const folder = join(site.folder, 'plain');
    mkdirSync(folder);
    for (const id of event.photoIds) writeFileSync(join(folder, `${id}.webp`), event.preview);
    await using files = await startFileServer(folder, 'read');
    const web = await site.start();
    const figures: Figure[] = [];
    for (const count of [FEW, MANY]) {
      const ids = event.photoIds.slice(0, count);
      const title = `${count} previews of ${Math.round(event.preview.length / 1000)} kB`;
      const floor = { ...files, paths: ids.map((id) => `/${id}.webp`) };
      const subject = { ...web, paths: ids.map((id) => `/media/${id}/preview.webp`) };
      figures.push(...(await compareServers(title, { floor, subject }, { atLeast: 0.5 })));
    }
    return figures;
  },
};
