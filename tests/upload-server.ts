import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { afterEach, expect, vi } from 'vitest';
import { errorAnswer } from '#api/http/error-answer.ts';
import { openUploadsDoor } from '#api/uploads/uploads-door.ts';
import { type Actor, type Context, withActor } from '#context.ts';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { creditBalances } from '#domain/credits/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { makeEvent, makePro } from './factories.ts';
import type { createTestContext } from './harness.ts';

const TUS = { 'tus-resumable': '1.0.0' };
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A server with the door alone; who asks is told by a header instead of a session. */
export async function openUploadServer(
  createContext: typeof createTestContext,
  options: { credits?: number; maxUploadMb?: number } = {},
) {
  const uploadDir = await mkdtemp(join(tmpdir(), 'uploads-'));
  const config = { uploadDir, maxUploadMb: options.maxUploadMb ?? 50, publicUrl: 'http://localhost' };
  const ctx = await createContext({ config });
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
export type TestServer = Awaited<ReturnType<typeof openUploadServer>>;

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const metadata = (uploadId: string) => `uploadId ${Buffer.from(uploadId).toString('base64')}`;

export async function announce(
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

export async function openUpload(server: TestServer, bytes: Buffer, more = {}): Promise<string> {
  const { body } = await announce(server, bytes, more);
  expect(body.files[0].outcome).toBe('open');
  return body.files[0].uploadId;
}

export const create = (server: TestServer, uploadId: string, length: number, as = 'me') =>
  server.call(
    '/files',
    { method: 'POST', headers: { 'upload-length': String(length), 'upload-metadata': metadata(uploadId) } },
    as,
  );

export const patch = (
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

export const head = (server: TestServer, uploadId: string, as = 'me') =>
  server.call(`/files/${uploadId}`, { method: 'HEAD' }, as);

export async function send(server: TestServer, bytes: Buffer, more = {}) {
  const uploadId = await openUpload(server, bytes, more);
  await create(server, uploadId, bytes.length);
  const answer = await patch(server, uploadId, 0, bytes);
  return { uploadId, answer, photoId: answer.headers.get('photo-id') };
}

export const photosOf = (server: TestServer) =>
  server.ctx.db.select().from(photos).where(eq(photos.eventId, server.event.id));

/** After a refusal: no photo, no credit gone, no byte in the storage or among the unfinished. */
export async function expectNothingKept(server: TestServer, credits = 50) {
  expect(await photosOf(server)).toEqual([]);
  expect(await getCreditBalance(server.me)).toBe(credits);
  expect(server.ctx.storage.objects.size).toBe(0);
  expect(server.ctx.queue.jobs).toEqual([]);
  expect(await server.unfinished()).toEqual([]);
}

/** Sends the head of a PATCH for everything and the first `count` bytes; resets the connection once some of them arrived. */
export async function cutPatch(
  server: TestServer,
  uploadId: string,
  bytes: Buffer,
  count: number,
): Promise<void> {
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
