import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Actor, type Context, withActor } from '#context.ts';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { creditBalances, creditEntries } from '#domain/credits/tables.ts';
import { events } from '#domain/events/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { makeEvent, makePro, makeUpload } from '../../../tests/factories.ts';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { errorAnswer } from '../http/error-answer.ts';
import { openUploadsDoor } from './uploads-door.ts';

const TUS = { 'tus-resumable': '1.0.0' };
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A server with the door alone; who asks is told by a header instead of a session. */
async function openServer(options: { credits?: number; maxUploadMb?: number } = {}) {
  const uploadDir = await mkdtemp(join(tmpdir(), 'uploads-'));
  const config = { uploadDir, maxUploadMb: options.maxUploadMb ?? 50, publicUrl: 'http://localhost' };
  const ctx = await createTestContext({ config });
  const { organisation, user, actor } = await makePro(ctx);
  await ctx.db
    .insert(creditBalances)
    .values({ organisationId: organisation.id, credits: options.credits ?? 50 });
  const event = await makeEvent(ctx, { organisationId: organisation.id, status: 'draft' });
  const actors = new Map<string, Actor>([['me', actor]]);
  const actorOf = async (_ctx: Context, headers: Headers): Promise<Actor> =>
    actors.get(headers.get('x-test-actor') ?? '') ?? { kind: 'anonymous' };
  const app = new Hono();
  app.route('/api/uploads', openUploadsDoor(ctx, { actorOf }));
  app.onError((error, c) => {
    const answer = errorAnswer(error, 'en', ctx.log);
    return c.json(answer.body, answer.status, answer.headers);
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  closers.push(async () => {
    await new Promise((resolve) => {
      server.close(resolve);
      if ('closeAllConnections' in server) server.closeAllConnections();
    });
    await rm(uploadDir, { recursive: true, force: true });
  });
  const call = (path: string, init: RequestInit & { duplex?: 'half' } = {}, as = 'me') =>
    fetch(`http://127.0.0.1:${port}/api/uploads${path}`, {
      ...init,
      headers: { ...TUS, 'x-test-actor': as, ...(init.headers as Record<string, string> | undefined) },
    });
  const folder = join(uploadDir, 'unfinished');
  const unfinished = () => readdir(folder);
  return {
    ctx,
    me: withActor(ctx, actor),
    actors,
    event,
    organisation,
    userId: user.id,
    port,
    call,
    folder,
    unfinished,
  };
}
type TestServer = Awaited<ReturnType<typeof openServer>>;

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const metadata = (uploadId: string) => `uploadId ${Buffer.from(uploadId).toString('base64')}`;

async function announce(
  server: TestServer,
  bytes: Buffer,
  more: { fileName?: string; sha256?: string; sizeBytes?: number } = {},
  as = 'me',
) {
  const file = { fileName: 'IMG_1.jpg', sizeBytes: bytes.length, sha256: sha256(bytes), ...more };
  const response = await server.call(
    '/announce',
    {
      method: 'POST',
      body: JSON.stringify({ eventId: server.event.id, files: [file] }),
      headers: { 'content-type': 'application/json' },
    },
    as,
  );
  return { status: response.status, body: await response.json() };
}

async function openUpload(server: TestServer, bytes: Buffer, more = {}): Promise<string> {
  const { body } = await announce(server, bytes, more);
  expect(body.files[0].outcome).toBe('open');
  return body.files[0].uploadId;
}

const create = (server: TestServer, uploadId: string, length: number, as = 'me') =>
  server.call(
    '/files',
    { method: 'POST', headers: { 'upload-length': String(length), 'upload-metadata': metadata(uploadId) } },
    as,
  );

const patch = (
  server: TestServer,
  uploadId: string,
  offset: number,
  body: Buffer | ReadableStream,
  as = 'me',
) =>
  server.call(
    `/files/${uploadId}`,
    {
      method: 'PATCH',
      body: Buffer.isBuffer(body) ? new Uint8Array(body) : body,
      duplex: 'half',
      headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    },
    as,
  );

const head = (server: TestServer, uploadId: string, as = 'me') =>
  server.call(`/files/${uploadId}`, { method: 'HEAD' }, as);

async function send(server: TestServer, bytes: Buffer, more = {}) {
  const uploadId = await openUpload(server, bytes, more);
  await create(server, uploadId, bytes.length);
  const answer = await patch(server, uploadId, 0, bytes);
  return { uploadId, answer, photoId: answer.headers.get('photo-id') };
}

const photosOf = (server: TestServer) =>
  server.ctx.db.select().from(photos).where(eq(photos.eventId, server.event.id));

/** After a refusal: no photo, no credit gone, no byte in the storage or among the unfinished. */
async function expectNothingKept(server: TestServer, credits = 50) {
  expect(await photosOf(server)).toEqual([]);
  expect(await getCreditBalance(server.me)).toBe(credits);
  expect(server.ctx.storage.objects.size).toBe(0);
  expect(server.ctx.queue.jobs).toEqual([]);
  expect(await server.unfinished()).toEqual([]);
}

/** Sends the head of a PATCH for everything and the first `count` bytes; resets the connection once some of them arrived. */
async function cutPatch(server: TestServer, uploadId: string, bytes: Buffer, count: number): Promise<void> {
  const socket = createConnection({ port: server.port, host: '127.0.0.1' });
  await once(socket, 'connect');
  const lines = [
    `PATCH /api/uploads/files/${uploadId} HTTP/1.1`,
    'host: localhost',
    'x-test-actor: me',
    'tus-resumable: 1.0.0',
    'upload-offset: 0',
    'content-type: application/offset+octet-stream',
    `content-length: ${bytes.length}`,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  socket.write(bytes.subarray(0, count));
  await vi.waitFor(async () => {
    const { size } = await stat(join(server.folder, uploadId));
    if (size === 0) throw new Error('nothing arrived yet');
  });
  socket.resetAndDestroy();
}

describe('the way of a photo through the upload door', () => {
  test('a file in two parts becomes one photo with its bytes, its credit and its job', async () => {
    const server = await openServer();
    const bytes = await drawPlainPhoto({ seed: 'two-parts', widthPx: 300, heightPx: 200 });
    const uploadId = await openUpload(server, bytes);
    const created = await create(server, uploadId, bytes.length);
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe(`/api/uploads/files/${uploadId}`);
    const first = await patch(server, uploadId, 0, bytes.subarray(0, 1000));
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '1000']);
    expect(first.headers.get('photo-id')).toBeNull();
    expect((await head(server, uploadId)).headers.get('upload-offset')).toBe('1000');
    const last = await patch(server, uploadId, 1000, bytes.subarray(1000));
    expect(last.status).toBe(204);

    const [photo] = await photosOf(server);
    expect(photo).toMatchObject({ id: last.headers.get('photo-id'), state: 'received', format: 'jpeg' });
    expect(server.ctx.storage.objects.get(photo?.originalKey ?? '')?.body.equals(bytes)).toBe(true);
    expect(await getCreditBalance(server.me)).toBe(49);
    expect(server.ctx.queue.named('prepare-photo')).toMatchObject([
      { data: { photoId: photo?.id }, options: { shareKey: server.event.id } },
    ]);
    expect(await server.unfinished()).toEqual([]);
  });

  test('a file announced again goes on where it stopped, and is known once it is there', async () => {
    const server = await openServer();
    const bytes = await drawPlainPhoto({ seed: 'again', widthPx: 300, heightPx: 200 });
    const uploadId = await openUpload(server, bytes);
    await create(server, uploadId, bytes.length);
    await patch(server, uploadId, 0, bytes.subarray(0, 777));
    expect(await openUpload(server, bytes)).toBe(uploadId);
    expect((await create(server, uploadId, bytes.length)).status).toBe(201);
    expect((await head(server, uploadId)).headers.get('upload-offset')).toBe('777');
    const last = await patch(server, uploadId, 777, bytes.subarray(777));
    const { body } = await announce(server, bytes);
    expect(body.files[0]).toMatchObject({
      outcome: 'already-uploaded',
      photoId: last.headers.get('photo-id'),
    });
  });

  test('UP-01: a connection cut in the middle loses nothing that arrived', async () => {
    const server = await openServer();
    const bytes = await drawPlainPhoto({ seed: 'cut', widthPx: 1200, heightPx: 800 });
    const uploadId = await openUpload(server, bytes);
    await create(server, uploadId, bytes.length);
    const half = Math.floor(bytes.length / 2);
    await cutPatch(server, uploadId, bytes, half);
    const offset = Number((await head(server, uploadId)).headers.get('upload-offset'));
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThanOrEqual(half);
    expect(await photosOf(server)).toEqual([]);
    const last = await patch(server, uploadId, offset, bytes.subarray(offset));
    expect(last.status).toBe(204);
    const [photo] = await photosOf(server);
    expect(server.ctx.storage.objects.get(photo?.originalKey ?? '')?.body.equals(bytes)).toBe(true);
  });

  test('UP-02: the same bytes twenty times in parallel are one photo and one debit', async () => {
    const server = await openServer();
    const bytes = await drawPlainPhoto({ seed: 'same', widthPx: 300, heightPx: 200 });
    const ids = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const { id } = await makeUpload(server.ctx, {
          eventId: server.event.id,
          userId: server.userId,
          fileName: `copy-${index}.jpg`,
          sizeBytes: bytes.length,
          sha256: sha256(bytes),
        });
        await create(server, id, bytes.length);
        return id;
      }),
    );
    const answers = await Promise.all(ids.map((id) => patch(server, id, 0, bytes)));
    expect(answers.map((answer) => answer.status)).toEqual(ids.map(() => 204));
    expect(new Set(answers.map((answer) => answer.headers.get('photo-id'))).size).toBe(1);
    expect(await photosOf(server)).toHaveLength(1);
    expect(await getCreditBalance(server.me)).toBe(49);
    expect(server.ctx.storage.objects.size).toBe(1);
  });

  test('UP-03: bytes that were whole when the process died become a photo at the next question', async () => {
    const server = await openServer();
    const bytes = await drawPlainPhoto({ seed: 'died', widthPx: 300, heightPx: 200 });
    const uploadId = await openUpload(server, bytes);
    await create(server, uploadId, bytes.length);
    const { putFile } = server.ctx.storage;
    server.ctx.storage.putFile = async () => {
      throw new Error('died here');
    };
    expect((await patch(server, uploadId, 0, bytes)).status).toBe(500);
    expect(await photosOf(server)).toEqual([]);
    server.ctx.storage.putFile = putFile;
    const asked = await head(server, uploadId);
    const [photo] = await photosOf(server);
    expect(asked.headers.get('photo-id')).toBe(photo?.id);
    expect((await head(server, uploadId)).headers.get('photo-id')).toBe(photo?.id);
    expect(await getCreditBalance(server.me)).toBe(49);
  });

  test('UP-05: of two writers at one offset the bytes are never mixed', async () => {
    const server = await openServer();
    const bytes = await drawPlainPhoto({ seed: 'race', widthPx: 1200, heightPx: 800 });
    const uploadId = await openUpload(server, bytes);
    await create(server, uploadId, bytes.length);
    const answers = await Promise.all([patch(server, uploadId, 0, bytes), patch(server, uploadId, 0, bytes)]);
    const statuses = answers.map((answer) => answer.status).sort();
    expect(statuses[0]).toBe(204);
    expect([204, 400, 409, 423]).toContain(statuses[1]);
    const [photo, ...others] = await photosOf(server);
    expect(others).toEqual([]);
    expect(server.ctx.storage.objects.get(photo?.originalKey ?? '')?.body.equals(bytes)).toBe(true);
  });

  test('UP-06: wrong offset, finished, unknown, expired and foreign uploads change nothing', async () => {
    const server = await openServer();
    const other = await makePro(server.ctx);
    server.actors.set('other', other.actor);
    const bytes = await drawPlainPhoto({ seed: 'wrong', widthPx: 300, heightPx: 200 });
    const uploadId = await openUpload(server, bytes);
    await create(server, uploadId, bytes.length);
    await patch(server, uploadId, 0, bytes.subarray(0, 500));
    expect((await patch(server, uploadId, 100, bytes.subarray(100))).status).toBe(409);
    expect((await patch(server, uploadId, 900, bytes.subarray(900))).status).toBe(409);
    expect((await patch(server, uploadId, 500, bytes.subarray(500), 'other')).status).toBe(404);
    expect((await head(server, uploadId, 'other')).status).toBe(404);
    expect((await head(server, uploadId, 'nobody')).status).toBe(403);
    expect((await create(server, uploadId, bytes.length, 'other')).status).toBe(404);
    expect((await patch(server, randomUUID(), 0, bytes)).status).toBe(404);
    expect((await patch(server, '..%2f..%2fsecret', 0, bytes)).status).toBe(404);
    expect((await head(server, uploadId)).headers.get('upload-offset')).toBe('500');
    server.ctx.clock.advance(25 * 3600);
    expect((await patch(server, uploadId, 500, bytes.subarray(500))).status).toBe(404);
    server.ctx.clock.advance(-25 * 3600);
    expect((await patch(server, uploadId, 500, bytes.subarray(500))).status).toBe(204);
    expect((await patch(server, uploadId, bytes.length, Buffer.from('more'))).status).toBe(409);
    expect(await photosOf(server)).toHaveLength(1);
  });
});

describe('what the upload door refuses', () => {
  test('UP-07: a file over the limit is refused with and without Content-Length', async () => {
    const server = await openServer({ maxUploadMb: 1 });
    const big = Buffer.alloc(1_000_001, 1);
    expect((await announce(server, big)).body.files[0]).toMatchObject({
      outcome: 'refused',
      reason: 'too-large',
    });
    const small = Buffer.alloc(1000, 1);
    const uploadId = await openUpload(server, small);
    expect((await create(server, uploadId, big.length)).status).toBe(413);
    expect((await create(server, uploadId, 999)).status).toBe(400);
    await create(server, uploadId, small.length);
    expect((await patch(server, uploadId, 0, big)).status).toBe(413);
    const chunked = new Blob([big]).stream();
    expect((await patch(server, uploadId, 0, chunked)).status).toBe(413);
    expect(await photosOf(server)).toEqual([]);
    expect(server.ctx.storage.objects.size).toBe(0);
  });

  test('UP-09: bytes with another hash than announced are refused and nothing is kept', async () => {
    const server = await openServer();
    const bytes = await drawPlainPhoto({ seed: 'hash', widthPx: 300, heightPx: 200 });
    const { answer, uploadId } = await send(server, bytes, { sha256: 'a'.repeat(64) });
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.message).toContain('changed');
    expect((await head(server, uploadId)).status).toBe(400);
    await expectNothingKept(server);
  });

  test.each([
    [
      'an SVG under a photo’s name',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
    ['a text', Buffer.from('hello, I am a photo, honestly I am one')],
    [
      'a photo’s first bytes only',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ],
  ])('%s is refused and nothing is kept', async (_, bytes) => {
    const server = await openServer();
    expect((await send(server, bytes)).answer.status).toBe(400);
    await expectNothingKept(server);
  });

  test('a picture over 120 million pixels is refused by its header', async () => {
    const server = await openServer();
    const png = Buffer.alloc(64);
    png.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
    png.writeUInt32BE(13, 8);
    png.write('IHDR', 12, 'latin1');
    png.writeUInt32BE(12_000, 16);
    png.writeUInt32BE(10_001, 20);
    expect((await send(server, png)).answer.status).toBe(413);
    await expectNothingKept(server);
  });

  test('an empty file, a video and a RAW file are refused before any byte travels', async () => {
    const server = await openServer();
    const reasons = [
      (await announce(server, Buffer.alloc(0))).body.files[0].reason,
      (await announce(server, Buffer.alloc(9), { fileName: 'x.mp4' })).body.files[0].reason,
      (await announce(server, Buffer.alloc(9), { fileName: 'x.NEF' })).body.files[0].reason,
    ];
    expect(reasons).toEqual(['empty', 'video', 'raw']);
    await expectNothingKept(server);
  });

  test('UP-10: someone else’s event is not there, an archived one is closed, nobody is refused', async () => {
    const server = await openServer();
    const other = await makePro(server.ctx);
    server.actors.set('other', other.actor);
    const bytes = await drawPlainPhoto({ seed: 'else', widthPx: 300, heightPx: 200 });
    expect((await announce(server, bytes, {}, 'other')).status).toBe(404);
    expect((await announce(server, bytes, {}, 'nobody')).status).toBe(403);
    const uploadId = await openUpload(server, bytes);
    await server.ctx.db.update(events).set({ status: 'archived' }).where(eq(events.id, server.event.id));
    expect((await announce(server, bytes)).status).toBe(409);
    await create(server, uploadId, bytes.length);
    expect((await patch(server, uploadId, 0, bytes)).status).toBe(409);
    await expectNothingKept(server);
  });

  test('UP-10: without credits nothing comes in, and the last one raced by twenty gives one photo', async () => {
    const server = await openServer({ credits: 1 });
    const files = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        drawPlainPhoto({ seed: `last-${index}`, widthPx: 120, heightPx: 80 }),
      ),
    );
    const ids = await Promise.all(files.map((bytes) => openUpload(server, bytes)));
    await Promise.all(ids.map((id, index) => create(server, id, files[index]?.length ?? 0)));
    const answers = await Promise.all(
      ids.map((id, index) => patch(server, id, 0, files[index] ?? Buffer.alloc(0))),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    expect(statuses.filter((status) => status === 402)).toHaveLength(19);
    expect(await photosOf(server)).toHaveLength(1);
    expect(server.ctx.storage.objects.size).toBe(1);
    expect(await getCreditBalance(server.me)).toBe(0);
    expect((await announce(server, Buffer.alloc(5))).body.files[0].reason).toBe('no-credit');
    const entries = await server.ctx.db
      .select()
      .from(creditEntries)
      .where(eq(creditEntries.organisationId, server.organisation.id));
    expect(entries.filter((entry) => entry.kind === 'debit')).toHaveLength(1);
  });
});
