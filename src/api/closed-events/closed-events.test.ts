import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { type Context, withActor } from '#context.ts';
import { claimPhotos } from '#domain/claims/claim-photos.ts';
import { withOpened } from '#domain/events/closed-event.ts';
import { countEventDays } from '#domain/events/count-event-days.ts';
import { findClosedEvent } from '#domain/events/find-closed-event.ts';
import { getPublicEvent } from '#domain/events/get-public-event.ts';
import { listPublicEvents } from '#domain/events/list-public-events.ts';
import { events } from '#domain/events/tables.ts';
import { browsePhotos } from '#domain/matching/browse-photos.ts';
import { findRunnerEverywhere } from '#domain/matching/find-runner-everywhere.ts';
import { searchPhotos } from '#domain/matching/search-photos.ts';
import { addToCart } from '#domain/orders/add-to-cart.ts';
import { getCart } from '#domain/orders/get-cart.ts';
import { getVisiblePhoto } from '#domain/photos/get-visible-photo.ts';
import { listFirstPhotos } from '#domain/photos/list-first-photos.ts';
import { listVisiblePhotos } from '#domain/photos/list-visible-photos.ts';
import { findRunner } from '#domain/timing/find-runner.ts';
import {
  makeAdmin,
  makeAttribution,
  makeEvent,
  makePhoto,
  makePro,
  makeRendition,
  makeStartListEntry,
} from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { openApi } from '../app.ts';
import { closedAddress } from '../http/closed-address.ts';
import { closeStreams } from '../streams/sse.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  closeStreams();
  for (const close of closers.splice(0)) await close();
});

const CODE = 'Lampions 26';

/** A closed event with a runner on a photo, and the whole API before it. */
async function openClosed() {
  const ctx = await createTestContext();
  const { organisation, actor } = await makePro(ctx);
  const year = 2000 + Math.floor(Math.random() * 900);
  const event = await makeEvent(ctx, {
    organisationId: organisation.id,
    accessCode: CODE,
    startsAt: new Date(Date.UTC(year, 5, 21, 8)),
  });
  const bib = String(10_000 + Math.floor(Math.random() * 80_000));
  const photo = await makePhoto(ctx, { eventId: event.id, bibs: [bib] });
  await makeAttribution(ctx, { eventId: event.id, photoId: photo.id, bib });
  await makeStartListEntry(ctx, { eventId: event.id, bib });
  const { storageKey } = await makeRendition(ctx, { photoId: photo.id, kind: 'thumbnail', sizeBytes: 4 });
  await ctx.storage.put(storageKey, Buffer.from('webp'), 'image/webp');
  const server = serve({ fetch: openApi(ctx).fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get = (path: string, cookie = '') => fetch(`${url}${path}`, { headers: cookie ? { cookie } : {} });
  const type = async (code: string) => {
    const headers = { origin: ctx.config.publicUrl, 'client-address': '203.0.113.9' };
    const body = new URLSearchParams({ slug: event.slug, code, locale: 'fr' });
    const answer = await fetch(`${url}/api/closed-events`, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
    });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    return { status: answer.status, location: answer.headers.get('location'), cookie };
  };
  return { ctx, event, photo, bib, actor, get, type };
}

type Stage = Awaited<ReturnType<typeof openClosed>>;

/** Each way to something of an event: true when it shows something. */
const DOORS: Record<string, (ctx: Context, stage: Stage) => Promise<boolean>> = {
  'the event page': shows((ctx, { event }) => getPublicEvent(ctx, { slug: event.slug })),
  'its gallery': shows((ctx, { event }) => listVisiblePhotos(ctx, { eventId: event.id })),
  'a photo page': shows((ctx, { photo }) => getVisiblePhoto(ctx, { photoId: photo.id })),
  'its cover in lists': shows((ctx, { event }) => listFirstPhotos(ctx, { eventIds: [event.id] })),
  'a search by bib': shows((ctx, { event, bib }) => searchPhotos(ctx, { eventId: event.id, query: bib })),
  'a search by moment': shows((ctx, { event }) => browsePhotos(ctx, { eventId: event.id })),
  'the name of a bib': shows((ctx, { event, bib }) => findRunner(ctx, { eventId: event.id, bib })),
  'the cart': shows((ctx, { event, photo }) =>
    addToCart(ctx, { kind: 'photo', token: null, eventId: event.id, photoId: photo.id }),
  ),
  'a claim of a photo': shows((ctx, { event, photo, bib }) =>
    claimPhotos(ctx, {
      eventId: event.id,
      kind: 'not-me',
      bib,
      photoIds: [photo.id],
      client: '',
    }),
  ),
};

/** Shown where something comes back; not where it is empty, or not found. */
function shows(ask: (ctx: Context, stage: Stage) => Promise<unknown>) {
  return async (ctx: Context, stage: Stage): Promise<boolean> => {
    const found = await ask(ctx, stage).catch((error: { code?: string }) => {
      if (error.code === 'not-found') return null;
      throw error;
    });
    if (found instanceof Map) return found.size > 0;
    if (found === null || (Array.isArray(found) && found.length === 0)) return false;
    if (typeof found !== 'object') return true;
    if ('kind' in found && found.kind === 'nothing') return false;
    return !('photos' in found && Array.isArray(found.photos) && found.photos.length === 0);
  };
}

describe.each(Object.keys(DOORS))('B7: %s of a closed event', (name) => {
  const door = DOORS[name];
  if (!door) throw new Error(name);

  test('shows nothing without the code, and all with it, to its own people and to operators', async () => {
    const stage = await openClosed();
    const { ctx, actor, type } = stage;
    const { cookie } = await type(CODE);
    const stranger = (await makePro(ctx)).actor;
    expect(await door(ctx, stage)).toBe(false);
    expect(await door(withActor(ctx, stranger), stage)).toBe(false);
    expect(await door(await withOpened(ctx, cookie.replace(/.$/u, '')), stage)).toBe(false);
    if (name === 'its cover in lists') return;
    expect(await door(await withOpened(ctx, cookie), stage)).toBe(true);
    expect(await door(withActor(ctx, actor), stage)).toBe(true);
    expect(await door(withActor(ctx, (await makeAdmin(ctx)).actor), stage)).toBe(true);
  });
});

describe('B7: the machine doors of a closed event', () => {
  test.each([
    ['its photos', ({ photo }: Stage) => `/media/${photo.id}/thumbnail.webp`, 404],
    ['its stream', ({ event }: Stage) => `/api/streams/galleries/${event.id}`, 404],
  ])('%s are not there without the code, and nobody else keeps them', async (_name, pathOf, refused) => {
    const stage = await openClosed();
    const { get, type } = stage;
    const path = pathOf(stage);
    expect((await get(path)).status).toBe(refused);
    expect((await get(path, 'focus_open_x=1')).status).toBe(refused);
    const opened = await get(path, (await type(CODE)).cookie);
    expect(opened.status).toBe(200);
    expect(opened.headers.get('cache-control')).toMatch(/no-store|no-cache/u);
    await opened.body?.cancel();
  });

  test('the pages of its gallery are empty without the code, and private with it', async () => {
    const { event, get, type } = await openClosed();
    const path = `/api/galleries/${event.id}`;
    expect((await (await get(path)).json()).photos).toEqual([]);
    const opened = await get(path, (await type(CODE)).cookie);
    expect((await opened.json()).photos).toHaveLength(1);
    expect(opened.headers.get('cache-control')).toBe('private, no-store');
  });
});

describe('B7: the code of a closed event', () => {
  test('is taken in any case, leads back to the page, and a wrong one says so', async () => {
    const { event, type, ctx } = await openClosed();
    const page = `/fr/events/${event.slug}`;
    expect(await type(' lampions 26 ')).toMatchObject({ status: 303, location: page });
    const wrong = await type('lampions 25');
    expect(wrong).toMatchObject({ status: 303, location: `${page}?code=wrong` });
    expect((await withOpened(ctx, wrong.cookie)).opened?.size).toBe(0);
    expect(await findClosedEvent(ctx, event)).toEqual({ slug: event.slug, name: event.name });
  });

  test('is not found by trying', async () => {
    const { event, type } = await openClosed();
    for (let attempt = 0; attempt < 20; attempt += 1) await type(`guess ${attempt}`);
    expect(await type(CODE)).toMatchObject({ location: `/fr/events/${event.slug}?code=wait` });
  });

  test('ends the cookies of the one before it', async () => {
    const { ctx, event, type } = await openClosed();
    const { cookie } = await type(CODE);
    expect((await withOpened(ctx, cookie)).opened).toEqual(new Set([event.id]));
    await ctx.db.update(events).set({ accessCode: 'another' }).where(eq(events.id, event.id));
    expect((await withOpened(ctx, cookie)).opened).toEqual(new Set());
  });

  test('takes its event out of every list, the sitemap’s and the search across events', async () => {
    const { ctx, event, bib } = await openClosed();
    const day = event.startsAt.toISOString().slice(0, 10);
    const within = { days: { first: day, last: day }, limit: 10 };
    expect((await listPublicEvents(ctx, within)).events).toEqual([]);
    expect((await countEventDays(ctx, { month: day.slice(0, 7) }))?.days.size ?? 0).toBe(0);
    expect(await findRunnerEverywhere(ctx, { query: bib, client: '' })).toEqual([]);
  });

  test('closes what lay in the cart of who never gave it', async () => {
    const stage = await openClosed();
    const { ctx, event, photo, type } = stage;
    const opened = await withOpened(ctx, (await type(CODE)).cookie);
    const line = { kind: 'photo' as const, eventId: event.id, photoId: photo.id };
    const { token } = await addToCart(opened, { ...line, token: null });
    expect((await getCart(opened, { token })).lineCount).toBe(1);
    expect((await getCart(ctx, { token })).lineCount).toBe(0);
  });
});

describe('the address of an event’s pages', () => {
  const cookie = 'cart=1; focus_open_trail-2026=abc';
  const read = (path: string, sent = cookie) => closedAddress(path, path.split('?')[0] ?? '', sent);

  test('leads who claims to have opened it to the pages that nobody keeps', () => {
    expect(read('/fr/events/trail-2026?code=wrong')).toBe('/fr/closed/trail-2026?code=wrong');
    expect(read('/en/events/trail-2026/bib/7')).toBe('/en/closed/trail-2026/bib/7');
    expect(read('/fr/events/trail-2027')).toBe('/fr/events/trail-2027');
    expect(read('/fr/events/trail-2026', '')).toBe('/fr/events/trail-2026');
  });

  test('does not exist by its other name', () => {
    expect(read('/fr/closed/trail-2026')).toBeNull();
    expect(read('/fr/closed')).toBeNull();
    expect(read('/fr/closed-roads')).toBe('/fr/closed-roads');
  });
});
