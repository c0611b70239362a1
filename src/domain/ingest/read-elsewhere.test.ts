import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { holdCredits } from '#domain/credits/hold-credits.ts';
import { creditBalances } from '#domain/credits/tables.ts';
import { events } from '#domain/events/tables.ts';
import { bibReads, photoFaces, photoLabels } from '#domain/matching/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { openCallTurns } from '#platform/recognition/call-turns.ts';
import { openRekognition, type RekognitionOptions } from '#platform/recognition/open-rekognition.ts';
import { createEnginePool, type EnginePool } from '#vision/engine-pool.ts';
import { newFakeEngine } from '../../../tests/doubles/fake-engine.ts';
import { runJobs } from '../../../tests/doubles/memory-queue.ts';
import {
  openRekognitionServer,
  type RekognitionFault,
  type RekognitionServer,
} from '../../../tests/doubles/rekognition-server.ts';
import { makeEvent, makePhoto, makePro } from '../../../tests/factories.ts';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { indexFacesElsewhere } from './index-faces-elsewhere.ts';
import { ingestJobs } from './jobs.ts';
import { recognisePhoto } from './recognise-photo.ts';
import { sweepIndexedPhotos } from './sweep-indexed-photos.ts';
import { indexedPhotos, recognitionCalls } from './tables.ts';

let server: RekognitionServer;
let picture: Buffer;
beforeAll(async () => {
  server = await openRekognitionServer();
  const plain = { width: 640, height: 480, channels: 3 as const, background: '#7799bb' };
  picture = await sharp({ create: plain }).jpeg().toBuffer();
});
afterAll(() => server.close());

const premium = { processingMode: 'premium', detectLabels: true } as const;
const faceIndex = (now: Date) => ({
  ...premium,
  faceMode: 'full-index' as const,
  faceModeEndsAt: new Date(now.getTime() + 86_400_000),
});

type Setup = {
  photos?: number;
  event?: Partial<typeof events.$inferInsert>;
  config?: object;
  engine?: EnginePool;
  bytes?: Buffer;
  recognition?: Partial<RekognitionOptions>;
};

/** Photos just received by a pro with a hundred credits, where Rekognition reads. */
async function receive(setup: Setup = {}) {
  Object.assign(server, { fault: { kind: 'none' }, texts: [], labels: [], faces: 0 });
  server.calls.length = 0;
  const jpeg = { bytes: picture, widthPx: 640, heightPx: 480 };
  const fake = newFakeEngine(({ recognitionJpeg }) => (recognitionJpeg ? { recognitionJpeg: jpeg } : {}));
  const config = { aiEngine: 'rekognition' as const, ...setup.config };
  const plain = await createTestContext({ engine: setup.engine ?? fake, config });
  const recognition = openRekognition({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
    endpointUrl: server.url,
    collectionPrefix: 'test',
    turns: openCallTurns(plain.db, 1000),
    log: plain.log,
    deadlineMs: 300,
    attempts: 2,
    backoffMs: 1,
    breaker: { failuresInARow: 5, openMs: 20, mostOpenMs: 20 },
    ...setup.recognition,
  });
  const base = { ...plain, recognition };
  const { organisation, actor } = await makePro(base);
  const organisationId = organisation.id;
  await base.db.insert(creditBalances).values({ organisationId, credits: 100 });
  const event = await makeEvent(base, { organisationId, ...setup.event });
  const { processingMode } = event;
  const ids: string[] = [];
  for (let index = 0; index < (setup.photos ?? 1); index += 1) {
    const photo = await makePhoto(base, { eventId: event.id, state: 'received', processingMode });
    await base.storage.put(photo.originalKey, setup.bytes ?? Buffer.from('bytes'), 'image/jpeg');
    const credits = processingMode === 'premium' ? 2 : 1;
    await holdCredits(base, { organisationId, photoId: photo.id, credits });
    await base.queue.enqueue(base.db, 'prepare-photo', { photoId: photo.id }, { singletonKey: photo.id });
    ids.push(photo.id);
  }
  const owner = withActor(base, actor);
  return {
    base,
    system: withActor(base, { kind: 'system', name: 'test' }),
    event,
    ids,
    fake,
    photoId: ids[0] ?? '',
    /** Runs all that waits at once, and gives how many jobs wait after it. */
    round: async () => {
      const waiting = base.queue.jobs.splice(0);
      await Promise.all(
        waiting.map((job) =>
          runJobs({ ...base, queue: { ...base.queue, jobs: [job] } }, ingestJobs as never),
        ),
      );
      return base.queue.jobs.length;
    },
    states: async () => {
      const rows = await base.db.select().from(photos).where(eq(photos.eventId, event.id));
      return rows.map(({ state }) => state);
    },
    bibs: async () => {
      const rows = await base.db.select().from(photos).where(eq(photos.eventId, event.id));
      return rows.map(({ bibs }) => bibs.join());
    },
    balance: () => getCreditBalance(owner),
  };
}

const ready = (count: number) => Array.from({ length: count }, () => 'ready');
const callsOf = (ctx: Pick<Awaited<ReturnType<typeof receive>>, 'base' | 'event'>) =>
  ctx.base.db.select().from(recognitionCalls).where(eq(recognitionCalls.eventId, ctx.event.id));

describe('a photo that Rekognition reads', () => {
  test('is decoded here once, read there, and keeps its credit', async () => {
    const stage = await receive();
    server.texts = [{ text: '1234' }, { text: '10 km' }];
    expect(await stage.round()).toBe(0);
    expect([await stage.states(), await stage.bibs()]).toEqual([['ready'], ['1234']]);
    expect(await stage.balance()).toBe(99);
    expect(stage.fake.asked).toMatchObject([{ recognitionJpeg: true, quality: true }]);
    expect(stage.fake.asked[0]).not.toHaveProperty('bibs');
    const reads = await stage.base.db.select().from(bibReads).where(eq(bibReads.photoId, stage.photoId));
    expect(reads.map(({ bib, kind, reason }) => [bib, kind, reason]).sort()).toEqual([
      ['10 KM', 'dropped', 'distance'],
      ['1234', 'sure', null],
    ]);
    expect(reads[0]?.engineVersion).toMatch(/^bibs:rekognition\.1 /);
  });

  test('costs no credit when Rekognition answers that there is nothing', async () => {
    const stage = await receive();
    await stage.round();
    expect([await stage.states(), await stage.balance()]).toEqual([['ready'], 100]);
  });

  test('goes through the real engine: a drawn photo arrives there as a JPEG and its picture is never stored', async () => {
    const engine = createEnginePool({ lanes: 1 });
    try {
      const bytes = await drawPlainPhoto({ seed: 'elsewhere', text: '4321' });
      const stage = await receive({ engine, bytes });
      server.texts = [{ text: '4321' }];
      await stage.round();
      expect([await stage.states(), await stage.bibs()]).toEqual([['ready'], ['4321']]);
      const originals = await stage.base.storage.list('originals', { limit: 10 });
      const made = await stage.base.storage.list('renditions', { limit: 10 });
      expect([originals.length, made.filter((key) => !key.endsWith('.webp'))]).toEqual([1, []]);
    } finally {
      await engine.close();
    }
  });

  test('is not sent when it is smaller than Rekognition takes, and costs nothing', async () => {
    const tiny = { bytes: picture, widthPx: 79, heightPx: 79 };
    const stage = await receive({ event: premium, engine: newFakeEngine(() => ({ recognitionJpeg: tiny })) });
    await stage.round();
    expect([await stage.states(), await stage.balance()]).toEqual([['ready'], 100]);
    expect([server.calls, await callsOf(stage)]).toEqual([[], []]);
  });

  test('counts each answered call and its price, also of a second reading', async () => {
    const stage = await receive({ event: premium });
    server.texts = [{ text: '1234' }];
    server.labels = [{ name: 'Bicycle', confidence: 97 }];
    await stage.round();
    await recognisePhoto(stage.system, { photoId: stage.photoId });
    const counted = (await callsOf(stage)).map(({ operation, calls, costMicroDollars }) => [
      operation,
      calls,
      costMicroDollars,
    ]);
    expect(counted.sort()).toEqual([
      ['detect-labels', 2, 2000],
      ['detect-text', 2, 2000],
    ]);
  });

  test('has labels in our own words where the event pays for them', async () => {
    const stage = await receive({ event: premium });
    server.labels = [
      { name: 'Bicycle', confidence: 97 },
      { name: 'Person', confidence: 99, instances: 4 },
      { name: 'Helmet', confidence: 99 },
    ];
    await stage.round();
    const labels = await stage.base.db
      .select()
      .from(photoLabels)
      .where(eq(photoLabels.photoId, stage.photoId));
    expect(labels.map(({ name }) => name).sort()).toEqual(['bicycle', 'landscape', 'person']);
    // The credit for bibs came back, the one for labels did not.
    expect(await stage.balance()).toBe(99);
  });
});

const FAULTS: RekognitionFault['kind'][] = [
  'quota',
  'garbage',
  'empty',
  'nothing',
  'hang',
  'error-500',
  'denied',
];

describe('F10 a recogniser that does not recognise', () => {
  test.each(FAULTS)('F10 %s: the photo waits and is read when it is over', async (kind) => {
    const stage = await receive({ photos: 2 });
    server.texts = [{ text: '1234' }];
    server.fault = { kind } as RekognitionFault;
    for (let round = 0; round < 4; round += 1) expect(await stage.round()).toBe(2);
    expect(await stage.states()).toEqual(['received', 'received']);
    expect([await stage.balance(), await callsOf(stage)]).toEqual([98, []]);
    const waits = stage.base.queue.jobs.map(({ options }) => options.runAfterSeconds ?? 0);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(30);

    server.fault = { kind: 'none' };
    await expect.poll(() => stage.round()).toBe(0);
    expect([await stage.states(), await stage.bibs()]).toEqual([ready(2), ['1234', '1234']]);
    expect(await stage.balance()).toBe(98);
  });

  test('F10 throttled at five a second: all photos end ready, none failed, none taken for empty', async () => {
    const stage = await receive({ photos: 12 });
    server.texts = [{ text: '1234' }];
    server.fault = { kind: 'throttle', callsPerSecond: 5 };
    await expect.poll(() => stage.round(), { timeout: 30_000, interval: 200 }).toBe(0);
    expect(await stage.states()).toEqual(ready(12));
    expect(new Set(await stage.bibs())).toEqual(new Set(['1234']));
    expect(await stage.balance()).toBe(88);
    expect(server.calls.some(({ status }) => status === 500)).toBe(true);
  });

  test('F10 within the shared limit nobody is throttled', async () => {
    const { base } = await receive();
    // Far below the quota: a busy machine lets calls wait, and then they leave closer together.
    const turns = openCallTurns(base.db, 2);
    const stage = await receive({ photos: 8, recognition: { turns } });
    server.texts = [{ text: '1234' }];
    server.fault = { kind: 'throttle', callsPerSecond: 5 };
    expect(await stage.round()).toBe(0);
    expect(server.calls.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
  });

  test('F10 an image it refuses ends failed with a reason, and its credit comes back', async () => {
    const stage = await receive();
    server.fault = { kind: 'invalid-image' };
    expect(await stage.round()).toBe(0);
    const [photo] = await stage.base.db.select().from(photos).where(eq(photos.id, stage.photoId));
    expect(photo).toMatchObject({ state: 'failed', failureReason: 'recogniser-refused' });
    expect(await stage.balance()).toBe(100);
  });

  test('F10 nothing is decoded while the breaker is open', async () => {
    const breaker = { failuresInARow: 1, openMs: 60_000, mostOpenMs: 60_000 };
    const stage = await receive({ recognition: { breaker } });
    server.fault = { kind: 'error-500' };
    for (let round = 0; round < 3; round += 1) await stage.round();
    expect(stage.fake.asked).toHaveLength(1);
    expect(stage.base.queue.jobs[0]?.options.runAfterSeconds).toBeGreaterThan(30);
  });

  test('F10 a reading anew waits too, and the tags of before stay until it is answered', async () => {
    const stage = await receive();
    server.texts = [{ text: '1234' }];
    await stage.round();
    server.fault = { kind: 'quota' };
    await recognisePhoto(stage.system, { photoId: stage.photoId });
    expect(stage.base.queue.named('recognise-photo')).toHaveLength(1);
    expect([await stage.states(), await stage.bibs()]).toEqual([['ready'], ['1234']]);
  });
});

describe('faces at Rekognition', () => {
  const config = { aiFaceIndexEnabled: true };
  const eventOf = (now = new Date('2026-06-14T10:00:00Z')) => faceIndex(now);

  test('are never sent without the event’s face mode, nor where the operator has none', async () => {
    for (const setup of [
      { event: premium, config },
      { event: { ...eventOf(), hasMinors: true }, config },
      { event: eventOf() },
    ]) {
      const stage = await receive(setup);
      server.faces = 1;
      await stage.round();
      expect(await stage.states()).toEqual(['ready']);
      expect(server.calls.map(({ target }) => target)).not.toContain('IndexFaces');
    }
  });

  test('are indexed once in the event’s collection, counted for the credit, and leave nothing biometric here', async () => {
    const stage = await receive({ event: { ...eventOf(), detectLabels: false }, config });
    server.faces = 2;
    await stage.round();
    await recognisePhoto(stage.system, { photoId: stage.photoId });
    expect(server.collections.get(`test-${stage.event.id}`)).toHaveLength(2);
    expect(await stage.balance()).toBe(99);
    const own = await stage.base.db.select().from(photoFaces).where(eq(photoFaces.photoId, stage.photoId));
    expect(own).toEqual([]);
  });

  test('go when the face mode ends, and when their photo is gone; other events’ stay', async () => {
    const ended = await receive({ event: eventOf(), config });
    server.faces = 1;
    await ended.round();
    const other = await receive({ event: eventOf(), config });
    server.faces = 1;
    await other.round();
    const { db, clock, recognition } = other.base;
    const gone = { photoId: randomUUID(), eventId: other.event.id };
    await recognition.indexFaces(gone.eventId, gone.photoId, { bytes: picture, widthPx: 640, heightPx: 480 });
    await db.insert(indexedPhotos).values({ ...gone, askedAt: clock.now() });
    await db.update(events).set({ faceMode: 'none' }).where(eq(events.id, ended.event.id));

    expect(await sweepIndexedPhotos(other.system)).toBe(2);
    expect(server.collections.has(`test-${ended.event.id}`)).toBe(false);
    const left = server.collections.get(`test-${other.event.id}`) ?? [];
    expect(left.map(({ externalImageId }) => externalImageId)).toEqual([other.photoId]);
    const rows = await db.select().from(indexedPhotos);
    expect(rows.map(({ photoId }) => photoId)).not.toContain(ended.photoId);
    expect(rows.map(({ photoId }) => photoId)).toContain(other.photoId);
  });

  test('that arrive after a sweep has closed the event are found by the next one', async () => {
    const stage = await receive({ event: eventOf(), config });
    server.faces = 1;
    const { recognition, db } = stage.base;
    const late = async (...asked: Parameters<typeof recognition.indexFaces>) => {
      await db.update(events).set({ faceMode: 'none' }).where(eq(events.id, stage.event.id));
      await sweepIndexedPhotos(stage.system);
      return recognition.indexFaces(...asked);
    };
    const jpeg = { bytes: picture, widthPx: 640, heightPx: 480 };
    const asked = { eventId: stage.event.id, photoId: stage.photoId, jpeg };
    await indexFacesElsewhere(stage.system, { ...recognition, indexFaces: late }, asked);
    expect(server.collections.get(`test-${stage.event.id}`)).toHaveLength(1);
    await sweepIndexedPhotos(stage.system);
    expect(server.collections.has(`test-${stage.event.id}`)).toBe(false);
  });

  test('of an event that is gone go with the next sweep that is answered', async () => {
    const { base, system } = await receive({ config });
    const gone = { photoId: randomUUID(), eventId: randomUUID() };
    server.collections.set(`test-${gone.eventId}`, []);
    await base.db.insert(indexedPhotos).values({ ...gone, askedAt: base.clock.now() });
    server.fault = { kind: 'error-500' };
    await expect(sweepIndexedPhotos(system)).rejects.toMatchObject({ code: 'unavailable' });
    server.fault = { kind: 'none' };
    await expect.poll(() => base.recognition.pausedSeconds()).toBe(0);
    await sweepIndexedPhotos(system);
    expect(server.collections.has(`test-${gone.eventId}`)).toBe(false);
  });
});
