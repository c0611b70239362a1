import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renditions } from '#domain/photos/tables.ts';
import { until } from '../doubles/until.ts';
import { drawPlainPhoto } from '../fixtures/plain-photo.ts';
import { listenToStream } from './listen-to-stream.ts';
import { openSeller, type Seller } from './open-seller.ts';
import { openStage, type Stage } from './open-stage.ts';
import {
  countStates,
  expectBooksInOrder,
  expectNoOrphans,
  expectOriginalKept,
  expectReadsOnce,
  isQuiet,
  isSettled,
  listPhotoRows,
  readResults,
} from './photo-books.ts';
import { type PhotoFile, sendPhotos } from './send-photos.ts';
import type { StartedProcess } from './start-process.ts';

const PHOTOS = 200;
const READ_BEFORE_THE_KILL = 50;

describe('two web and two worker processes on PostgreSQL and S3', () => {
  let stage: Stage;
  let seller: Seller;
  let webs: StartedProcess[];
  let workers: StartedProcess[];

  beforeAll(async () => {
    stage = await openStage({ database: 'postgres', storage: 's3' });
    seller = await stage.look(openSeller);
    const webEnv = (name: string) => ({ WORKERS: 'none', DATA_DIR: `${stage.folder}/${name}` });
    webs = await Promise.all([stage.startWeb(webEnv('web-1')), stage.startWeb(webEnv('web-2'))]);
    workers = await Promise.all([stage.startWorker(), stage.startWorker()]);
  });
  afterAll(() => stage?.close());

  test('have 200 photos ready exactly once, though a worker is killed in the middle', {
    timeout: 600_000,
  }, async () => {
    const [first, second] = webs;
    const [doomed, left] = workers;
    if (!first || !second || !doomed || !left) throw new Error('a process is missing');
    const eventId = seller.event.id;
    const told = listenToStream(`${second.url}/api/streams/events/${eventId}`, seller.cookie);
    const shown = listenToStream(`${second.url}/api/streams/galleries/${eventId}`);
    await Promise.all([told.opened, shown.opened]);

    const files = await drawPhotos();
    const sent = await sendPhotos({ url: first.url, cookie: seller.cookie, eventId }, files);
    expect(sent.filter((answer) => answer.outcome !== 'sent')).toEqual([]);

    await until(
      async () => (await stage.look((ctx) => countStates(ctx, eventId))).ready >= READ_BEFORE_THE_KILL,
      200_000,
    );
    await doomed.stop('SIGKILL');
    await until(() => stage.look((ctx) => isSettled(ctx, eventId)), 400_000);

    await stage.look(async (ctx) => {
      expect(await countStates(ctx, eventId)).toEqual({ received: 0, prepared: 0, ready: PHOTOS, failed: 0 });
      await expectBooksInOrder(ctx, eventId);
      await expectNoOrphans(ctx);
      for (const photo of await listPhotoRows(ctx, eventId)) await expectOriginalKept(ctx, photo);
      await expectReadsOnce(ctx);
    });
    expect(left.isAlive()).toBe(true);

    // Notices are lost with the process that would have sent them, and never come twice.
    await until(() => shown.messages.length >= PHOTOS - 2, 10_000);
    for (const [messages, type] of [
      [told.messages, 'ready'],
      [shown.messages, undefined],
    ] as const) {
      const ids = messages.filter(({ data }) => data.state === type).map(({ data }) => data.photoId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThanOrEqual(PHOTOS - 2);
    }
    told.close();
    shown.close();
  });

  test('show through the second web process what came in through the first', async () => {
    const [, second] = webs;
    if (!second) throw new Error('a process is missing');
    const found: { id: string; bibs: string[]; thumbnailUrl: string }[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const answer = await fetch(
        `${second.url}/api/galleries/${seller.event.id}${after ? `?after=${after}` : ''}`,
      );
      const page: { photos: typeof found; next: string | null } = await answer.json();
      found.push(...page.photos);
      after = page.next;
    }
    expect(new Set(found.map((photo) => photo.id)).size).toBe(PHOTOS);
    expect(found.length).toBe(PHOTOS);
    expect(new Set(found.flatMap((photo) => photo.bibs)).size).toBeGreaterThan(PHOTOS * 0.95);

    const made = await stage.look((ctx) => ctx.db.select().from(renditions));
    for (const { photoId, kind, storageKey } of made.slice(0, 60)) {
      const answer = await fetch(`${second.url}/media/${photoId}/${kind}.webp`);
      if (kind === 'web') {
        expect(answer.status).toBe(404);
        continue;
      }
      const kept = await stage.look((ctx) => ctx.storage.get(storageKey));
      expect(kept.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
    }
    const page = await fetch(`${second.url}/en/events/${seller.event.slug}`);
    expect([page.status, (await page.text()).includes(`/media/${found[0]?.id}/`)]).toEqual([200, true]);
  });

  test('Q-08: a finished job run again by hand changes nothing', async () => {
    const eventId = seller.event.id;
    // A minute after the last reading the event's reads are judged together: what that changes is not a second run's.
    await stage.look((ctx) => until(() => isQuiet(ctx), 120_000));
    const before = await stage.look((ctx) => readResults(ctx, eventId));
    const again = before.photos.slice(0, 20);
    await stage.look(async (ctx) => {
      for (const { id: photoId } of again) await ctx.queue.enqueue(ctx.db, 'prepare-photo', { photoId });
      await until(
        async () => (await ctx.queue.counts()).every((count) => count.name !== 'prepare-photo'),
        60_000,
      );
    });
    expect(await stage.look((ctx) => readResults(ctx, eventId))).toEqual(before);
  });
});

function drawPhotos(): Promise<PhotoFile[]> {
  return Promise.all(
    Array.from({ length: PHOTOS }, async (_, index) => {
      const text = String(1000 + index * 7);
      return { fileName: `IMG_${text}.jpg`, bytes: await drawPlainPhoto({ seed: `many-${index}`, text }) };
    }),
  );
}
