import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { makePro, makeUpload } from '../../../tests/factories.ts';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import { createTestContext } from '../../../tests/harness.ts';
import {
  announce,
  create,
  cutPatch,
  head,
  openUpload,
  openUploadServer,
  patch,
  photosOf,
  sha256,
} from '../../../tests/upload-server.ts';

const openServer = (options = {}) => openUploadServer(createTestContext, options);

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
    const again = await announce(server, bytes);
    expect(again.body.files[0]).toMatchObject({ outcome: 'open', uploadId, begun: true });
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
