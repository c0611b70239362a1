import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { afterEach, describe, expect, test } from 'vitest';
import type { Actor, Context } from '#context.ts';
import { events } from '#domain/events/tables.ts';
import type { PhotoState, RenditionKind } from '#domain/photos/photo.ts';
import { photos } from '#domain/photos/tables.ts';
import { DomainError } from '#platform/errors.ts';
import { makeEvent, makePhoto, makePro, makeRendition } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { openMediaDoor } from './media-door.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const KINDS: RenditionKind[] = ['web', 'preview', 'thumbnail'];
const bodyOf = (kind: string) => Buffer.from(`${kind}:${'0123456789'.repeat(20)}`);
const ORIGINAL = Buffer.from('CANARY original bytes');

/** A server with the door alone and one photo whose renditions say what they are. */
async function openServer(options: { state?: PhotoState; status?: 'draft' | 'published' | 'archived' } = {}) {
  const ctx = await createTestContext();
  const { organisation, actor } = await makePro(ctx);
  const event = await makeEvent(ctx, {
    organisationId: organisation.id,
    status: options.status ?? 'published',
  });
  const photo = await makePhoto(ctx, { eventId: event.id, state: options.state ?? 'ready' });
  await ctx.storage.put(photo.originalKey, ORIGINAL, 'image/jpeg');
  const keys = new Map<RenditionKind, string>();
  for (const kind of KINDS) {
    const body = bodyOf(kind);
    const { storageKey } = await makeRendition(ctx, { photoId: photo.id, kind, sizeBytes: body.length });
    keys.set(kind, storageKey);
    await ctx.storage.put(storageKey, body, 'image/webp');
  }
  const actors = new Map<string, Actor>([['owner', actor]]);
  const actorOf = async (_ctx: Context, headers: Headers): Promise<Actor> =>
    actors.get(headers.get('x-test-actor') ?? '') ?? { kind: 'anonymous' };
  const app = new Hono();
  app.route('/media', openMediaDoor(ctx, { actorOf }));
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  );
  const get = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}/media/${path}`, init);
  return { ctx, actors, event, photo, keys, get };
}

describe('the media door', () => {
  test('gives the marked renditions of a visible photo to everyone, for a year', async () => {
    const { photo, get } = await openServer();
    for (const kind of ['preview', 'thumbnail']) {
      const response = await get(`${photo.id}/${kind}.webp`);
      expect(response.status).toBe(200);
      expect(Buffer.from(await response.arrayBuffer()).equals(bodyOf(kind))).toBe(true);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-robots-tag': 'noimageindex, noindex',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  test('answers HEAD, a range, a range outside, and a known copy', async () => {
    const { photo, get } = await openServer();
    const path = `${photo.id}/preview.webp`;
    const whole = bodyOf('preview');
    const head = await get(path, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(whole.length)]);
    const part = await get(path, { headers: { range: 'bytes=2-5' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 2-5/${whole.length}`]);
    expect(await part.text()).toBe(whole.toString().slice(2, 6));
    expect((await get(path, { headers: { range: 'bytes=9999-' } })).status).toBe(416);
    const etag = head.headers.get('etag') ?? '';
    expect((await get(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test.each(['received', 'prepared', 'failed'] as const)(
    'LEAK-02: shows a %s photo to its owner only, uncached',
    async (state) => {
      const { photo, get } = await openServer({ state });
      expect((await get(`${photo.id}/preview.webp`)).status).toBe(404);
      const own = await get(`${photo.id}/preview.webp`, { headers: { 'x-test-actor': 'owner' } });
      expect([own.status, own.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    },
  );

  test.each(['draft', 'archived'] as const)('hides the photos of an event that is %s', async (status) => {
    const { ctx, actors, photo, get } = await openServer({ status });
    actors.set('stranger', (await makePro(ctx)).actor);
    expect((await get(`${photo.id}/preview.webp`)).status).toBe(404);
    expect((await get(`${photo.id}/preview.webp`, { headers: { 'x-test-actor': 'stranger' } })).status).toBe(
      404,
    );
    expect((await get(`${photo.id}/preview.webp`, { headers: { 'x-test-actor': 'owner' } })).status).toBe(
      200,
    );
  });

  test('LEAK-02: both sides of an edit are the owner’s; what is shown has an address that is kept', async () => {
    const { ctx, photo, get } = await openServer();
    const edited = Buffer.from('the edited preview');
    const row = { photoId: photo.id, kind: 'edited-preview' as const, sizeBytes: edited.length };
    const { storageKey } = await makeRendition(ctx, row);
    await ctx.storage.put(storageKey, edited, 'image/webp');
    await ctx.db.update(photos).set({ edited: true, shownVersion: 1 }).where(eq(photos.id, photo.id));
    for (const [side, body] of [
      ['plain-preview', bodyOf('preview')],
      ['edited-preview', edited],
    ] as const) {
      expect((await get(`${photo.id}/${side}.webp`)).status).toBe(404);
      const own = await get(`${photo.id}/${side}.webp`, { headers: { 'x-test-actor': 'owner' } });
      expect([own.status, own.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
      expect(await own.text()).toBe(body.toString());
    }
    const shown = await get(`${photo.id}/preview.webp?v=1`);
    expect(await shown.text()).toBe(edited.toString());
    expect(shown.headers.get('cache-control')).toContain('immutable');
    const old = await get(`${photo.id}/preview.webp`);
    expect(old.headers.get('cache-control')).toBe('public, max-age=60');
  });

  test('LEAK-01, 04, 05: no address, format, query or spelling leads to more than the marked renditions', async () => {
    const { photo, keys, get } = await openServer();
    const other = photo.id.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const paths = [
      `${photo.id}/web.webp`,
      `${photo.id}/original.jpg`,
      `${photo.id}/original.webp`,
      `${photo.id}/preview.jpg`,
      `${photo.id}/PREVIEW.webp`,
      `${photo.id}/..%2foriginals`,
      `${photo.id}/`,
      `${photo.id}`,
      `${other}/preview.webp`,
      `${randomUUID()}/preview.webp`,
      'not-an-id/preview.webp',
      photo.originalKey,
      encodeURIComponent(photo.originalKey),
      keys.get('web') ?? '',
      '',
    ];
    for (const path of paths) expect([path, (await get(path)).status]).toEqual([path, 404]);
    for (const query of ['?w=6000', '?width=6000&q=100', '?format=original', '?kind=web', '?dpr=4']) {
      const body = await (
        await get(`${photo.id}/preview.webp${query}`, { headers: { accept: 'image/avif' } })
      ).text();
      expect(body).toBe(bodyOf('preview').toString());
    }
  });

  test('LEAK-02: a missing rendition or a storage that fails is never replaced by another file', async () => {
    const { ctx, photo, keys, get } = await openServer();
    ctx.storage.objects.delete(keys.get('thumbnail') ?? '');
    expect((await get(`${photo.id}/thumbnail.webp`)).status).toBe(404);
    ctx.storage.get = async () => {
      throw new DomainError('unavailable', { public: { key: 'platform.unavailable' } });
    };
    const away = await get(`${photo.id}/preview.webp`);
    expect([away.status, away.headers.get('cache-control'), await away.text()]).toEqual([
      503,
      'no-store',
      '',
    ]);
  });

  test('a photo hidden or an event unpublished before the first look is not there', async () => {
    const { ctx, event, photo, get } = await openServer();
    await ctx.db.update(photos).set({ hiddenAt: ctx.clock.now() }).where(eq(photos.id, photo.id));
    expect((await get(`${photo.id}/preview.webp`)).status).toBe(404);
    const second = await makePhoto(ctx, { eventId: event.id });
    await makeRendition(ctx, { photoId: second.id });
    await ctx.db.update(events).set({ status: 'draft' }).where(eq(events.id, event.id));
    expect((await get(`${second.id}/preview.webp`)).status).toBe(404);
  });

  test('sixty questions about one photo are one look into the database', async () => {
    const { ctx, photo, get } = await openServer();
    let looks = 0;
    const { select } = ctx.db;
    ctx.db.select = ((...fields: Parameters<typeof select>) => {
      looks += 1;
      return select.apply(ctx.db, fields);
    }) as typeof select;
    const answers = await Promise.all(Array.from({ length: 60 }, () => get(`${photo.id}/thumbnail.webp`)));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect(looks).toBe(1);
  });
});
