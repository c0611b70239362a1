import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareServers, startFileServer } from './compare-servers.ts';
import type { Figure, Measure } from './figure.ts';
import { fillEvent } from './filled-event.ts';
import { openSite, type WebProcess } from './web.ts';

const PHOTOS = 120;
/** More addresses than the server keeps pages, asked in turns, so that none is found among them. */
const ADDRESSES = 5000;

export const gallery: Measure = {
  name: 'gallery',
  about:
    'the page of an event beside the same page as the framework sends one it has made before, and beside a bare Node server with the same bytes in memory',
  async run() {
    await using site = await openSite();
    const event = await site.fill(({ ctx }) => fillEvent(ctx, PHOTOS));
    const web = await site.start();
    const folder = join(site.folder, 'plain');
    mkdirSync(folder);
    await using files = await startFileServer(folder, 'kept');
    const figures: Figure[] = await besideFramework(web, `/fr/events/${event.slug}`);
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

/** The same bytes through the same server as a page that Next has made before, without what we keep in front of it. */
async function besideFramework(web: WebProcess, path: string): Promise<Figure[]> {
  const { length } = await bodyOf(web, path);
  const first = `${path}?n=0`;
  const answer = await fetch(`${web.url}${first}`);
  const bytes = (await answer.arrayBuffer()).byteLength;
  if (answer.headers.get('x-nextjs-cache') !== 'HIT' || Math.abs(bytes - length) > length / 100) {
    throw new Error(`${first} is not the same page made before`);
  }
  const servers = {
    floor: { ...web, paths: Array.from({ length: ADDRESSES }, (_, index) => `${path}?n=${index}`) },
    subject: { ...web, paths: [path] },
  };
  const title = `Event page, kept, ${Math.round(length / 1000)} kB, beside the framework's own static page`;
  return compareServers(title, servers, { atLeast: 0.7 });
}

async function bodyOf(web: WebProcess, path: string): Promise<Buffer> {
  const answer = await fetch(`${web.url}${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}
