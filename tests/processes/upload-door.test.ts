import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { creditBalances, creditEntries } from '#domain/credits/tables.ts';
import { archiveEvent } from '#domain/events/archive-event.ts';
import { uploads } from '#domain/ingest/tables.ts';
import { until } from '../doubles/until.ts';
import { randomFrom } from '../fixtures/paint/random.ts';
import { drawPlainPhoto } from '../fixtures/plain-photo.ts';
import { residentBytes } from './find-children.ts';
import { openSeller, type Seller } from './open-seller.ts';
import { openStage, type Stage } from './open-stage.ts';
import { expectOriginalKept, listPhotoRows } from './photo-books.ts';
import { announce, sendPhotos, sha256Of } from './send-photos.ts';
import type { StartedProcess } from './start-process.ts';
import { createUpload, cutUpload, headUpload, patchUpload } from './tus-requests.ts';

const MB = 1_000_000;
const WELCOME = 200;

describe('the upload door of a web process', () => {
  let stage: Stage;
  let web: StartedProcess;
  let seller: Seller;
  let target: { url: string; cookie: string; eventId: string };
  let photo: Buffer;

  beforeAll(async () => {
    stage = await openStage({ database: 'postgres', storage: 'local', env: { WORKERS: 'none' } });
    web = await stage.startWeb();
    photo = await drawPlainPhoto({ seed: 'door', widthPx: 300, heightPx: 200 });
  });
  beforeEach(async () => {
    seller = await stage.look(openSeller);
    target = { url: web.url, cookie: seller.cookie, eventId: seller.event.id };
  });
  afterEach(() => {
    if (!web.isAlive()) throw new Error(`the web process ended:\n${web.output().slice(-4000)}`);
  });
  afterAll(() => stage?.close());

  const unfinished = () => readdirSync(join(stage.folder, 'data/uploads/unfinished'));
  const listRows = () => stage.look((ctx) => listPhotoRows(ctx, seller.event.id));
  /** A file that is a photo and unlike any other. */
  const unique = (more = 0) => Buffer.concat([photo, Buffer.from(randomUUID()), Buffer.alloc(more)]);
  const open = async (bytes: Buffer, as = target): Promise<string> => {
    const [answer] = await announce(as, [{ fileName: 'IMG_1.jpg', bytes }]);
    if (!answer?.uploadId) throw new Error(`not open: ${answer?.reason ?? answer?.outcome}`);
    await createUpload(as, answer.uploadId, bytes.length);
    return answer.uploadId;
  };
  async function credits(): Promise<number> {
    const [row] = await stage.look((ctx) =>
      ctx.db.select().from(creditBalances).where(eq(creditBalances.organisationId, seller.organisationId)),
    );
    return row?.credits ?? 0;
  }
  async function expectNothingKept(): Promise<void> {
    expect(await listRows()).toEqual([]);
    expect(await credits()).toBe(WELCOME);
  }

  test('UP-01: a hundred files, each cut at a random byte and sent again, are a hundred photos with their bytes', async () => {
    const random = randomFrom('cut-connections');
    const files = Array.from({ length: 100 }, (_, index) => ({
      fileName: `IMG_${index}.jpg`,
      bytes: unique(60_000),
    }));
    const announced = await announce(target, files);
    await Promise.all(
      announced.map(async ({ uploadId = '' }, index) => {
        const bytes = files[index]?.bytes ?? Buffer.alloc(0);
        await createUpload(target, uploadId, bytes.length);
        await cutUpload(target, uploadId, bytes, random.whole(0, bytes.length - 1));
      }),
    );
    expect(await listRows()).toEqual([]);
    const answers = await sendPhotos(target, files);
    expect(answers.filter(({ outcome }) => outcome !== 'sent')).toEqual([]);
    const kept = await listRows();
    expect(new Set(kept.map(({ sha256 }) => sha256))).toEqual(
      new Set(files.map(({ bytes }) => sha256Of(bytes))),
    );
    expect(kept).toHaveLength(files.length);
    await stage.look(async (ctx) => {
      for (const row of kept) await expectOriginalKept(ctx, row);
    });
    expect(unfinished()).toEqual([]);
  });

  test('UP-02: the same bytes under twenty names at once are one photo and one debit', async () => {
    const bytes = unique();
    const names = Array.from({ length: 20 }, (_, index) => `copy-${index}.jpg`);
    const answers = await Promise.all(names.map((fileName) => sendPhotos(target, [{ fileName, bytes }])));
    const ids = answers
      .flat()
      .map((answer) => (answer.outcome === 'refused' ? answer.reason : answer.photoId));
    const kept = await listRows();
    expect(new Set(ids)).toEqual(new Set(kept.map(({ id }) => id)));
    expect(kept).toHaveLength(1);
    expect(await credits()).toBe(WELCOME - 1);
  });

  test('UP-03: an upload whose process died while it began can be begun anew', async () => {
    const bytes = unique();
    const uploadId = await open(bytes);
    rmSync(join(stage.folder, `data/uploads/unfinished/${uploadId}.json`));
    expect(await sendPhotos(target, [{ fileName: 'IMG_1.jpg', bytes }])).toMatchObject([{ outcome: 'sent' }]);
    expect(await listRows()).toHaveLength(1);
  });

  test('UP-04: three megabytes of ten and a reset connection make no photo, cost nothing, and are removed in time', async () => {
    const bytes = unique(10 * MB);
    const uploadId = await open(bytes);
    const file = join(stage.folder, 'data/uploads/unfinished', uploadId);
    await cutUpload(target, uploadId, bytes, 3 * MB, () => until(() => statSync(file).size > 0));
    await until(async () => Number((await headUpload(target, uploadId)).headers.get('upload-offset')) > 0);
    await expectNothingKept();
    const dayBefore = new Date(Date.now() - 26 * 3_600_000);
    for (const name of unfinished())
      utimesSync(join(stage.folder, 'data/uploads/unfinished', name), dayBefore, dayBefore);
    await web.stop('SIGTERM');
    web = await stage.startWeb();
    await until(() => unfinished().length === 0);
    await expectNothingKept();
  });

  test('UP-05: of two who write one upload at the same place one wins, and the bytes are whole', async () => {
    const bytes = unique(2 * MB);
    const uploadId = await open(bytes);
    const answers = await Promise.all([
      patchUpload(target, uploadId, 0, bytes),
      patchUpload(target, uploadId, 0, bytes),
    ]);
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(204);
    expect([204, 400, 409, 423]).toContain(statuses[1]);
    const kept = await listRows();
    expect(kept).toHaveLength(1);
    for (const row of kept) await stage.look((ctx) => expectOriginalKept(ctx, row));
    expect(await credits()).toBe(WELCOME - 1);
  });

  test('UP-06: a wrong place, a finished, an unknown, an expired and a foreign upload change nothing', async () => {
    const bytes = unique();
    const uploadId = await open(bytes);
    expect((await patchUpload(target, uploadId, 5, bytes.subarray(5))).status).toBe(409);
    expect((await headUpload(target, uploadId)).headers.get('upload-offset')).toBe('0');
    expect((await patchUpload(target, randomUUID(), 0, bytes)).status).toBe(404);
    const other = await stage.look(openSeller);
    expect((await patchUpload({ ...target, cookie: other.cookie }, uploadId, 0, bytes)).status).toBe(404);
    expect((await patchUpload({ ...target, cookie: '' }, uploadId, 0, bytes)).status).toBe(403);
    expect((await patchUpload(target, uploadId, 0, bytes)).status).toBe(204);
    expect((await patchUpload(target, uploadId, 0, bytes)).status).toBe(409);
    const late = await open(unique());
    await stage.look((ctx) =>
      ctx.db
        .update(uploads)
        .set({ expiresAt: new Date(0) })
        .where(eq(uploads.id, late)),
    );
    expect((await patchUpload(target, late, 0, bytes)).status).toBe(404);
    expect(await listRows()).toHaveLength(1);
    expect(await credits()).toBe(WELCOME - 1);
  });

  test('UP-07: too much is refused with and without a Content-Length, in bounded memory and without a trace', async () => {
    const [answer] = await announce(target, [{ fileName: 'IMG_1.jpg', bytes: Buffer.alloc(51 * MB) }]);
    expect(answer).toMatchObject({ outcome: 'refused', reason: 'too-large' });
    const bytes = unique(49 * MB);
    const uploadId = await open(bytes);
    expect((await createUpload(target, uploadId, 51 * MB)).status).toBe(413);
    const before = residentBytes(web.pid);
    let highest = before;
    const watch = setInterval(() => {
      highest = Math.max(highest, residentBytes(web.pid));
    }, 20);
    try {
      const long = Buffer.concat([bytes, Buffer.alloc(20 * MB)]);
      expect((await patchUpload(target, uploadId, 0, long)).status).toBe(413);
      expect((await patchUpload(target, uploadId, 0, inPieces(long))).status).toBe(413);
    } finally {
      clearInterval(watch);
    }
    expect(highest - before).toBeLessThan(64 * 1024 * 1024);
    await expectNothingKept();
  });

  test('UP-09: bytes that are not those announced are refused and forgotten', async () => {
    const bytes = unique();
    const other = Buffer.from(bytes);
    other.writeUInt8(other.readUInt8(other.length - 1) ^ 1, other.length - 1);
    const uploadId = await open(bytes);
    expect((await patchUpload(target, uploadId, 0, other)).status).toBe(400);
    expect(unfinished().filter((name) => name.startsWith(uploadId))).toEqual([]);
    await expectNothingKept();
  });

  test('UP-10: nobody sends into another’s or a closed event, and the last credit is spent once', async () => {
    const other = await stage.look(openSeller);
    const foreign = { ...target, eventId: other.event.id };
    await expect(announce(foreign, [{ fileName: 'IMG_1.jpg', bytes: unique() }])).rejects.toThrow('404');

    const files = Array.from({ length: 20 }, () => unique());
    const ids = await Promise.all(files.map((bytes) => open(bytes)));
    await spendAllBut(1);
    const answers = await Promise.all(
      ids.map((id, index) => patchUpload(target, id, 0, files[index] ?? photo)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      204,
      ...Array.from({ length: 19 }, () => 402),
    ]);
    expect(await listRows()).toHaveLength(1);
    expect(await credits()).toBe(0);
    const [poor] = await announce(target, [{ fileName: 'IMG_1.jpg', bytes: unique() }]);
    expect(poor).toMatchObject({ outcome: 'refused', reason: 'no-credit' });

    const system = { kind: 'system', name: 'test' } as const;
    await stage.look((ctx) => archiveEvent(withActor(ctx, system), { eventId: seller.event.id }));
    await expect(announce(target, [{ fileName: 'IMG_1.jpg', bytes: unique() }])).rejects.toThrow('409');
  });

  /** Through the ledger, so that its sum stays the balance. */
  function spendAllBut(left: number): Promise<void> {
    const { organisationId } = seller;
    return stage.look(async (ctx) => {
      const spent = WELCOME - left;
      await ctx.db.insert(creditEntries).values({
        id: randomUUID(),
        organisationId,
        kind: 'debit',
        credits: -spent,
        uniqueKey: `test/${organisationId}`,
        createdAt: ctx.clock.now(),
      });
      await ctx.db
        .update(creditBalances)
        .set({ credits: sql`${creditBalances.credits} - ${spent}` })
        .where(eq(creditBalances.organisationId, organisationId));
    });
  }
});

/** Without a length told before. */
function inPieces(bytes: Buffer): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(new Uint8Array(bytes.subarray(at, at + 65_536)));
      at += 65_536;
    },
  });
}
