import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { creditEntries } from '#domain/credits/tables.ts';
import { events } from '#domain/events/tables.ts';
import { makePro } from '../../../tests/factories.ts';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import { createTestContext } from '../../../tests/harness.ts';
import {
  announce,
  create,
  expectNothingKept,
  head,
  openUpload,
  openUploadServer,
  patch,
  photosOf,
  send,
} from '../../../tests/upload-server.ts';

const openServer = (options = {}) => openUploadServer(createTestContext, options);

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
