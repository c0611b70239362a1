import { globSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareServers, startFileServer } from './compare-servers.ts';
import type { Figure, Measure } from './figure.ts';
import { fillEvent } from './filled-event.ts';
import { openSite, type WebProcess } from './web.ts';

const PHOTOS = 120;

export const gallery: Measure = {
  name: 'gallery',
  about:
    'the page of an event beside a static file of the same server, and beside a bare Node server with the same bytes in memory',
  async run() {
    await using site = await openSite();
    const event = await site.fill(({ ctx }) => fillEvent(ctx, PHOTOS));
    const web = await site.start();
    const folder = join(site.folder, 'plain');
    mkdirSync(folder);
    await using files = await startFileServer(folder, 'kept');
    const figures: Figure[] = await besideStaticFile(web, `/fr/events/${event.slug}`);
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

/** The page beside a static file of about its size that the same server sends: what the framework itself asks for. */
async function besideStaticFile(web: WebProcess, path: string): Promise<Figure[]> {
  const { length } = await bodyOf(web, path);
  const distance = (file: string) => Math.abs(statSync(file).size - length);
  const [closest] = globSync('.next/static/chunks/*.js').sort((a, b) => distance(a) - distance(b));
  if (!closest) throw new Error('the pages are not built');
  const servers = {
    floor: { ...web, paths: [closest.replace('.next', '/_next')] },
    subject: { ...web, paths: [path] },
  };
  const title = `Event page of ${Math.round(length / 1000)} kB, beside a static file of ${Math.round(statSync(closest).size / 1000)} kB`;
  return compareServers(title, servers, { atLeast: 0.7 });
}

async function bodyOf(web: WebProcess, path: string): Promise<Buffer> {
  const answer = await fetch(`${web.url}${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}
