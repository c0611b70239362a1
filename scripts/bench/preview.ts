import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareServers, startFileServer } from './compare-servers.ts';
import type { Measure } from './figure.ts';
import { fillEvent } from './filled-event.ts';
import { openSite } from './web.ts';

const PHOTOS = 60;

export const preview: Measure = {
  name: 'preview',
  about: 'previews of a gallery through the product, beside a bare Node server of the same files',
  async run() {
    await using site = await openSite();
    const event = await site.fill(({ ctx }) => fillEvent(ctx, PHOTOS));
    const folder = join(site.folder, 'plain');
    mkdirSync(folder);
    for (const id of event.photoIds) writeFileSync(join(folder, `${id}.webp`), event.preview);
    await using files = await startFileServer(folder);
    const web = await site.start();
    // Awaited here, or the servers would be let go first.
    return await compareServers(
      `Preview of ${Math.round(event.preview.length / 1000)} kB`,
      {
        floor: { ...files, paths: event.photoIds.map((id) => `/${id}.webp`) },
        subject: { ...web, paths: event.photoIds.map((id) => `/media/${id}/preview.webp`) },
      },
      { atLeast: 0.5 },
    );
  },
};
