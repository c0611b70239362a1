import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { RenditionKind } from '#domain/photos/photo.ts';
import { renditionKey } from '#domain/photos/record-renditions.ts';
import { until } from '../doubles/until.ts';
import { drawPlainPhoto } from '../fixtures/plain-photo.ts';
import { findChildren, isRunning } from './find-children.ts';
import { type HeldLock, holdLock } from './hold-lock.ts';
import { openSeller, type Seller } from './open-seller.ts';
import { openStage, type Stage } from './open-stage.ts';
import {
  countStates,
  expectBooksInOrder,
  expectJobsForAllUnderWay,
  expectNoOrphans,
  expectReadsOnce,
  isSettled,
  listPhotoJobs,
  listPhotoRows,
  type PhotoJobRow,
} from './photo-books.ts';
import { sendPhotos } from './send-photos.ts';
import type { StartedProcess } from './start-process.ts';

/** The heartbeat of jobs, and half a minute in which another worker must have finished them. */
const TAKEN_OVER_MS = 60_000;
const WORKER_GRACE_MS = 20_000;
const WEB_GRACE_MS = 5_000;
const KINDS: RenditionKind[] = ['web', 'preview', 'thumbnail'];

describe('a worker that ends while it works', () => {
  let stage: Stage;
  let web: StartedProcess;
  let seller: Seller;

  beforeAll(async () => {
    stage = await openStage({ database: 'postgres', storage: 'local' });
    web = await stage.startWeb({ WORKERS: 'none' });
  });
  beforeEach(async () => {
    seller = await stage.look(openSeller);
  });
  afterAll(() => stage?.close());

  test('Q-01, F3: by SIGKILL in any step of a photo has it finished once by another within a minute', async () => {
    const doomed: StartedProcess[] = [await startWorker()];
    const kill = async (worker: StartedProcess | undefined) => {
      const engines = findChildren(worker?.pid ?? 0);
      expect(engines.length).toBeGreaterThan(0);
      await worker?.stop('SIGKILL');
      await until(() => !engines.some(isRunning));
    };

    const inDecode = await sendOne('in-decode', 4000);
    await until(() => stateOfJob(inDecode, 'active'));
    await kill(doomed[0]);

    const betweenFilesAndRow = await sendOne('between-files-and-row');
    const row = await hold('select 1 from photos where id = $1 for update', [betweenFilesAndRow]);
    doomed.push(await startWorker());
    await row.isWaitedFor();
    expect(await storedKinds(betweenFilesAndRow)).toEqual(KINDS);
    await kill(doomed[1]);
    await row.release();

    await sendOne('between-debit-and-result');
    const reads = await hold('lock table bib_reads in share mode');
    doomed.push(await startWorker());
    await reads.isWaitedFor();
    // The other is there already: how fast a process starts is not what a minute is promised for.
    await startWorker();
    await kill(doomed[2]);
    const killedAt = Date.now();
    await reads.release();
    await until(isEverythingSettled, TAKEN_OVER_MS);
    expect(Date.now() - killedAt).toBeLessThan(TAKEN_OVER_MS);
    await expectAllReady(3);
  });

  test('Q-02: a photo that kills its decoder each time is given up after three attempts, paid back, and holds up no other', async () => {
    const worker = await startWorker();
    const poison = await sendOne('poison', 4000);
    await send(Array.from({ length: 5 }, (_, index) => `harmless-${index}`));
    const seen = new Set<number>();
    await until(async () => {
      const job = (await listJobs()).find(({ photoId }) => photoId === poison);
      if (job?.state !== 'active') return isEverythingSettled();
      seen.add(job.retryCount);
      for (const engine of findChildren(worker.pid)) process.kill(engine, 'SIGKILL');
      return false;
    }, 120_000);

    expect([...seen]).toEqual([0, 1, 2]);
    await stage.look(async (ctx) => {
      const all = await listPhotoRows(ctx, seller.event.id);
      expect(all.find(({ id }) => id === poison)).toMatchObject({
        state: 'failed',
        failureReason: 'crashed',
      });
      expect(await countStates(ctx, seller.event.id)).toEqual({
        received: 0,
        prepared: 0,
        ready: 5,
        failed: 1,
      });
      await expectBooksInOrder(ctx, seller.event.id);
      await expectNoOrphans(ctx);
    });
    expect(worker.isAlive()).toBe(true);
    expect((await fetch(`${worker.url}/api/health/ready`)).status).toBe(200);
  });

  test('Q-04: by SIGTERM ends what it began, gives nothing up and leaves the rest to be taken at once', async () => {
    const worker = await startWorker({ AI_MAX_CONCURRENT: '2' });
    // So that no lane must load its models within the grace, which a busy machine may need whole for that.
    const warm = await send(['warm-1', 'warm-2', 'warm-3', 'warm-4']);
    await until(isEverythingSettled, TAKEN_OVER_MS);
    const ids = await send(Array.from({ length: 10 }, (_, index) => `in-flight-${index}`));
    await until(async () => (await listJobs()).filter(({ state }) => state === 'active').length === 2);
    const end = await worker.stop('SIGTERM');
    expect(end).toMatchObject({ code: 0, signal: null });
    expect(end.ms).toBeLessThan(WORKER_GRACE_MS + 5_000);

    const left = await listJobs();
    expect(left.length).toBeLessThan(ids.length);
    const spoilt = left.filter((job) => job.state !== 'created' || job.retryCount > 0 || !job.due);
    expect(spoilt, worker.output().slice(-3000)).toEqual([]);
    await stage.look(async (ctx) => {
      const { ready } = await countStates(ctx, seller.event.id);
      expect(ready).toBe(warm.length + ids.length - left.length);
      await expectJobsForAllUnderWay(ctx);
    });
    await startWorker();
    await until(isEverythingSettled, TAKEN_OVER_MS);
    await expectAllReady(warm.length + ids.length);
  });

  test('Q-04: by SIGTERM while a job cannot end gives it back, as if it had not begun', async () => {
    const held = await sendOne('held');
    const row = await hold('select 1 from photos where id = $1 for update', [held]);
    const working = await stage.startWeb({
      DATA_DIR: `${stage.folder}/other`,
      UPLOAD_DIR: `${stage.folder}/data/uploads`,
    });
    await row.isWaitedFor();
    const end = await working.stop('SIGTERM');
    expect(end).toMatchObject({ code: 0, signal: null });
    expect(end.ms).toBeLessThan(WEB_GRACE_MS);
    expect(await listJobs()).toMatchObject([{ photoId: held, state: 'created', retryCount: 0, due: true }]);
    await row.release();
    await startWorker();
    await until(isEverythingSettled, TAKEN_OVER_MS);
    await expectAllReady(1);
  });

  /** Until its test is over. */
  async function startWorker(env?: Record<string, string>): Promise<StartedProcess> {
    const worker = await stage.startWorker(env);
    onTestFinished(() => worker.stop('SIGKILL').then(() => undefined));
    return worker;
  }

  async function hold(statement: string, values?: string[]): Promise<HeldLock> {
    const lock = await holdLock(stage.databaseUrl, statement, values);
    onTestFinished(lock.release);
    return lock;
  }

  function listJobs(): Promise<PhotoJobRow[]> {
    return stage.look((ctx) => listPhotoJobs(ctx, seller.event.id));
  }

  /** Draws and sends photos to the seller's event; gives their ids in order. */
  async function send(names: string[], widthPx = 480): Promise<string[]> {
    const files = await Promise.all(
      names.map(async (name, index) => {
        const spec = { seed: name, widthPx, heightPx: Math.round(widthPx / 1.5), text: String(301 + index) };
        return { fileName: `${name}.jpg`, bytes: await drawPlainPhoto(spec) };
      }),
    );
    const target = { url: web.url, cookie: seller.cookie, eventId: seller.event.id };
    return (await sendPhotos(target, files)).map((answer) => {
      if (answer.outcome === 'refused') throw new Error(answer.reason);
      return answer.photoId;
    });
  }

  async function sendOne(name: string, widthPx?: number): Promise<string> {
    const [id = ''] = await send([name], widthPx);
    return id;
  }

  async function stateOfJob(photoId: string, state: string): Promise<boolean> {
    return (await listJobs()).some((job) => job.photoId === photoId && job.state === state);
  }

  function storedKinds(photoId: string): Promise<RenditionKind[]> {
    return stage.look(async (ctx) => {
      const photo = (await listPhotoRows(ctx, seller.event.id)).find(({ id }) => id === photoId);
      const there = await Promise.all(
        KINDS.map((kind) => ctx.storage.head(renditionKey(photo?.originalKey ?? '', kind))),
      );
      return KINDS.filter((_, index) => there[index]);
    });
  }

  /** Jobs included: a photo may be ready before its job is done. */
  function isEverythingSettled(): Promise<boolean> {
    return stage.look(
      async (ctx) =>
        (await isSettled(ctx, seller.event.id)) &&
        (await listPhotoJobs(ctx, seller.event.id)).every(({ state }) => state === 'failed'),
    );
  }

  function expectAllReady(count: number): Promise<void> {
    return stage.look(async (ctx) => {
      expect(await countStates(ctx, seller.event.id)).toEqual({
        received: 0,
        prepared: 0,
        ready: count,
        failed: 0,
      });
      await expectBooksInOrder(ctx, seller.event.id);
      await expectReadsOnce(ctx);
      await expectNoOrphans(ctx);
    });
  }
});
