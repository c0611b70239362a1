import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareServers, startFileServer } from './compare-servers.ts';
import type { Figure, Measure } from './figure.ts';
import { fillEvent } from './filled-event.ts';
import { openSite, type WebProcess } from './web.ts';

const PHOTOS = 120;

export const gallery: Measure = {
  name: 'gallery',
  about:
    'the page of an event and of a runner, beside a bare Node server with the very same bytes in its memory',
  async run() {
    await using site = await openSite();
    const event = await site.fill(({ ctx }) => fillEvent(ctx, PHOTOS));
    const web = await site.start();
    const folder = join(site.folder, 'plain');
    mkdirSync(folder);
    await using files = await startFileServer(folder, 'kept');
    const figures: Figure[] = [];
    const pages = [
      { what: 'Event page, kept', path: `/fr/events/${event.slug}`, target: { atLeast: 0.7 } },
      { what: 'Runner page, kept', path: `/fr/events/${event.slug}/bib/${event.bibs[0]}`, target: null },
      { what: 'Gallery JSON, not kept', path: `/api/galleries/${event.eventId}`, target: null },
    ];
    for (const [index, { what, path, target }] of pages.entries()) {
      const body = await bodyOf(web, path);
      writeFileSync(join(folder, `${index}`), body);
      const servers = {
        floor: { ...files, paths: [`/${index}`] },
        subject: { ...web, paths: [path] },
      };
      figures.push(
        ...(await compareServers(`${what}, ${Math.round(body.length / 1000)} kB`, servers, target)),
      );
    }
    return figures;
  },
};

async function bodyOf(web: WebProcess, path: string): Promise<Buffer> {
  const answer = await fetch(`${web.url}${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}
