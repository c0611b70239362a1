import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { unpublishEvent } from '#domain/events/unpublish-event.ts';
import { photos, renditions } from '#domain/photos/tables.ts';
import { until } from '../doubles/until.ts';
import { drawCanaryPhoto } from '../fixtures/canary-photo.ts';
import { crawl, fetchWhole, type Visitor } from './crawl.ts';
import { listenToStream } from './listen-to-stream.ts';
import { openAccount, openSeller, type Seller } from './open-seller.ts';
import { openStage, type Stage } from './open-stage.ts';
import { isSettled, listPhotoRows, type PhotoRow } from './photo-books.ts';
import { sendPhotos } from './send-photos.ts';
import type { StartedProcess } from './start-process.ts';
import { countMarkedTiles, type Fetched, findLeak } from './watch-leaks.ts';

const NAMES = ['shown', 'shown-too', 'hidden', 'prepared', 'lost-files', 'cut'] as const;
const shared = fileURLToPath(new URL('../../../shared/data/badinput/generated/', import.meta.url));

describe('what anyone who has not paid can fetch', () => {
  let stage: Stage;
  let web: StartedProcess;
  let seller: Seller;
  let withdrawn: Seller;
  let heard: string;
  let rows: PhotoRow[];
  let visitors: Visitor[];
  const originals = new Map<string, Buffer>();
  const secrets: string[] = [];

  const idOf = (name: string) => rows.find(({ fileName }) => fileName === `CANARY-${name}.jpg`)?.id ?? '';
  const leaksOf = async (all: Fetched[]) => {
    const found: string[] = [];
    for (const fetched of all) {
      const leak = await findLeak(fetched, originals, secrets);
      if (leak) found.push(`${fetched.address} (${fetched.status}) ${leak}`);
    }
    return found;
  };

  beforeAll(async () => {
    stage = await openStage({ database: 'postgres', storage: 'local' });
    web = await stage.startWeb({ WORKERS: 'none' });
    [seller, withdrawn] = [await stage.look(openSeller), await stage.look(openSeller)];
    const runner = await stage.look((ctx) => openAccount(ctx, 'RUNNER'));
    const rival = await stage.look(openSeller);
    visitors = [
      { url: web.url },
      { url: web.url, cookie: runner.cookie },
      { url: web.url, cookie: rival.cookie },
    ];

    const stream = listenToStream(`${web.url}/api/streams/galleries/${seller.event.id}`, runner.cookie);
    await stream.opened;
    await sendAll(seller, NAMES);
    await sendAll(withdrawn, ['withdrawn']);
    const worker = await stage.startWorker();
    const done = async (one: Seller) => stage.look((ctx) => isSettled(ctx, one.event.id));
    await until(async () => (await done(seller)) && (await done(withdrawn)), 200_000);
    await worker.stop('SIGTERM');
    await sendAll(seller, ['waiting']);
    await until(() => stream.messages.length > 0);
    heard = stream.text();
    stream.close();
    await stage.look(async (ctx) => {
      rows = [
        ...(await listPhotoRows(ctx, seller.event.id)),
        ...(await listPhotoRows(ctx, withdrawn.event.id)),
      ];
      await ctx.db
        .update(photos)
        .set({ hiddenAt: new Date() })
        .where(eq(photos.id, idOf('hidden')));
      await ctx.db
        .update(photos)
        .set({ state: 'prepared' })
        .where(eq(photos.id, idOf('prepared')));
      await unpublishEvent(withActor(ctx, { kind: 'system', name: 'test' }), { eventId: withdrawn.event.id });
      const made = await ctx.db.select().from(renditions);
      const lost = made.filter(({ photoId, kind }) => photoId === idOf('lost-files') && kind !== 'web');
      await ctx.storage.remove(lost.map(({ storageKey }) => storageKey));
      secrets.push(
        ...rows.map(({ originalKey }) => originalKey),
        ...made.map(({ storageKey }) => storageKey),
      );
      for (const row of rows)
        if (row.state === 'ready') originals.set(row.id, await ctx.storage.get(row.originalKey));
    });
  });
  afterAll(() => stage?.close());

  test('LEAK-01, LEAK-02, LEAK-03: whatever leads from any page to any other shows marked previews and tells nothing', async () => {
    const { id, slug } = seller.event;
    const pages = [
      '',
      '/events',
      `/events/${slug}`,
      `/events/${slug}/gallery`,
      `/events/${slug}/bib/301`,
      '/cart',
    ];
    const photoPages = rows.map((row) => `/events/${slug}/photos/${row.id}`);
    const media = rows.flatMap((row) => [`/media/${row.id}/preview.webp`, `/media/${row.id}/thumbnail.webp`]);
    const doors = [
      `/api/galleries/${id}`,
      `/api/galleries/${withdrawn.event.id}`,
      '/sitemap.xml',
      '/robots.txt',
    ];
    const localised = [
      ...pages,
      ...photoPages,
      `/events/${slug}/search?q=301`,
      `/events/${withdrawn.event.slug}`,
    ];
    const from = [
      ...['/fr', '/en'].flatMap((locale) => localised.map((path) => locale + path)),
      ...media,
      ...doors,
    ];
    for (const visitor of visitors) {
      const found = await crawl(visitor, from);
      expect(await leaksOf(found)).toEqual([]);
      const images = found.filter(({ contentType }) => contentType === 'image/webp');
      const shown = new Set(images.map(({ address }) => address.split('/')[2]));
      expect(shown).toEqual(new Set(rows.filter(isShown).map((row) => row.id)));
    }
    const kinds: Record<string, string>[] = [{}, { RSC: '1' }, { RSC: '1', 'Next-Router-Prefetch': '1' }];
    const payloads = await Promise.all(
      kinds.flatMap((headers) =>
        localised.slice(0, 5).map((path) => fetchWhole({ url: web.url, headers }, `/fr${path}?_rsc=1`)),
      ),
    );
    expect(await leaksOf(payloads)).toEqual([]);
  });

  test('LEAK-01: the eye of this test sees marks, and sees their absence', async () => {
    for (const [id, original] of originals) {
      const clean = await stage.look(async (ctx) => {
        const [web] = (await ctx.db.select().from(renditions).where(eq(renditions.photoId, id))).filter(
          ({ kind }) => kind === 'web',
        );
        return ctx.storage.get(web?.storageKey ?? '');
      });
      expect(await countMarkedTiles(clean, original)).toBe(0);
    }
  });

  test('LEAK-02: a photo that is not to be seen answers as one that does not exist, and one without files with nothing', async () => {
    for (const name of ['waiting', 'hidden', 'prepared', 'cut', 'withdrawn', 'lost-files']) {
      for (const visitor of visitors) {
        const answer = await fetchWhole(visitor, `/media/${idOf(name)}/preview.webp`);
        expect([name, answer.status, answer.body.length]).toEqual([name, 404, 0]);
      }
    }
    const messages = heard.split('\n').filter((line) => line.startsWith('data: '));
    expect(messages.join().includes(idOf('shown'))).toBe(true);
    expect(
      await leaksOf([{ address: 'stream', status: 200, contentType: 'text', body: Buffer.from(heard) }]),
    ).toEqual([]);
    for (const visitor of visitors) {
      const stream = await fetch(`${web.url}/api/streams/events/${seller.event.id}`, {
        headers: { cookie: visitor.cookie ?? '' },
      });
      await stream.body?.cancel();
      expect([403, 404]).toContain(stream.status);
    }
  });

  test('LEAK-04: no guess at an address, a size, a format or a part gives more', async () => {
    const id = idOf('shown');
    const files = [
      'web.webp',
      'original.jpg',
      'original',
      'preview.jpg',
      'preview.webp.bak',
      'Preview.webp',
      'full.webp',
      'large.webp',
    ];
    const queries = [
      '?w=4000',
      '?width=4000&q=100',
      '?format=jpg',
      '?dpr=3',
      '?kind=web',
      '?original=1',
      '?size=full',
    ];
    const upward = [
      '..%2fweb.webp',
      '%2e%2e/web.webp',
      'preview.webp/../web.webp',
      'preview.webp%00.jpg',
      '....//web.webp',
    ];
    const media = `/media/${id}`;
    const optimiser = [64, 1200, 3840].flatMap((width) =>
      [`${media}/preview.webp`, `${media}/web.webp`, `${web.url}${media}/preview.webp`].map(
        (url) => `/_next/image?url=${encodeURIComponent(url)}&w=${width}&q=100`,
      ),
    );
    const paths = [
      ...[...files, ...upward].map((file) => `${media}/${file}`),
      ...queries.map((query) => `${media}/preview.webp${query}`),
      ...['originals', 'uploads', 'data/uploads', 'public/uploads', 'api/media'].flatMap((folder) =>
        secrets.map((key) => `/${folder}/${key.slice(key.indexOf('/') + 1)}`),
      ),
      ...secrets.map((key) => `/${key}`),
      ...optimiser,
    ];
    const found = await Promise.all(paths.map((path) => fetchWhole({ url: web.url }, path)));
    expect(await leaksOf(found)).toEqual([]);
    const given = found.filter(
      ({ status, contentType }) => status === 200 && contentType.startsWith('image/'),
    );
    expect(given.map(({ address }) => address).sort()).toEqual(
      queries.map((query) => `GET ${media}/preview.webp${query}`).sort(),
    );

    const whole = await fetchWhole({ url: web.url }, `${media}/preview.webp`);
    const head = await fetchWhole({ url: web.url }, `${media}/preview.webp`, { method: 'HEAD' });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    for (const range of ['bytes=0-99', 'bytes=100-', 'bytes=-50', 'bytes=0-99999999']) {
      const part = await fetchWhole({ url: web.url }, `${media}/preview.webp`, { headers: { range } });
      expect([range, part.status, whole.body.includes(part.body)]).toEqual([range, 206, true]);
    }
    const avif = await fetchWhole(
      { url: web.url, headers: { accept: 'image/avif' } },
      `${media}/preview.webp`,
    );
    expect(avif.body.equals(whole.body)).toBe(true);
  });

  test('LEAK-05: ids and keys are not to be guessed and tell nothing of each other', async () => {
    for (const row of rows) {
      expect(row.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/);
      const token = row.originalKey.split('/').at(-1)?.split('.')[0] ?? '';
      expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16);
      expect(row.originalKey).not.toContain(row.sha256.slice(0, 12));
      expect(row.originalKey).not.toContain(row.id.slice(0, 8));
    }
    const id = idOf('shown');
    const last = Number.parseInt(id.slice(-1), 16);
    const neighbours = [1, 15].map((step) => id.slice(0, -1) + ((last + step) % 16).toString(16));
    for (const path of [...neighbours, 'undefined', '1', id.toUpperCase().slice(0, 35)].map(
      (guess) => `/media/${guess}/preview.webp`,
    )) {
      expect([path, (await fetchWhole({ url: web.url }, path)).status]).toEqual([path, 404]);
    }
    const listings = [
      '/media',
      '/media/',
      `/media/${id}`,
      `/media/${id}/`,
      '/originals/',
      '/renditions/',
      '/api/galleries',
    ];
    for (const path of listings) {
      const { status } = await fetchWhole({ url: web.url }, path);
      expect([path, [308, 404].includes(status)]).toEqual([path, true]);
    }
    const shown = await fetch(`${web.url}/media/${id}/preview.webp`);
    await shown.body?.cancel();
    expect(shown.headers.get('etag')?.length).toBeLessThan(12);
  });

  async function sendAll(owner: Seller, names: readonly string[]): Promise<void> {
    const files = await Promise.all(
      names.map(async (name, index) => {
        const bytes = await drawCanaryPhoto({ seed: name, text: String(301 + index) });
        return {
          fileName: `CANARY-${name}.jpg`,
          bytes: name === 'cut' ? bytes.subarray(0, bytes.length / 2) : bytes,
        };
      }),
    );
    const others = owner === seller && names.length > 1 && existsSync(shared) ? readdirSync(shared) : [];
    for (const name of others.filter((file) => file.startsWith('canary-'))) {
      files.push({ fileName: `CANARY-${name}`, bytes: readFileSync(`${shared}${name}`) });
    }
    const answers = await sendPhotos({ url: web.url, cookie: owner.cookie, eventId: owner.event.id }, files);
    expect(answers.filter(({ outcome }) => outcome !== 'sent')).toEqual([]);
  }

  function isShown(row: PhotoRow): boolean {
    const closed = ['hidden', 'prepared', 'lost-files', 'withdrawn'].map(idOf);
    return row.state === 'ready' && !closed.includes(row.id);
  }
});
