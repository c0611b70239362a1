import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bibReads, photoLabels } from '#domain/matching/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { openCallTurns } from '#platform/recognition/call-turns.ts';
import { createEnginePool } from '#vision/engine-pool.ts';
import { newFakeEngine } from '../../../tests/doubles/fake-engine.ts';
import type { RekognitionFault, RekognitionServer } from '../../../tests/doubles/rekognition-server.ts';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { openRecognitionStage, premium } from '../../../tests/recognition-stage.ts';
import { recognisePhoto } from './recognise-photo.ts';

type Stage = Awaited<ReturnType<typeof openRecognitionStage>>;
let server: RekognitionServer;
let receive: Stage['receive'];
let jpeg: Stage['jpeg'];
beforeAll(async () => {
  ({ server, receive, jpeg } = await openRecognitionStage(createTestContext));
});
afterAll(() => server.close());

const ready = (count: number) => Array.from({ length: count }, () => 'ready');

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
    const tiny = { ...jpeg, widthPx: 79, heightPx: 79 };
    const stage = await receive({ event: premium, engine: newFakeEngine(() => ({ recognitionJpeg: tiny })) });
    await stage.round();
    expect([await stage.states(), await stage.balance()]).toEqual([['ready'], 100]);
    expect([server.calls, await stage.calls()]).toEqual([[], []]);
  });

  test('counts each answered call and its price, also of a second reading', async () => {
    const stage = await receive({ event: premium });
    server.texts = [{ text: '1234' }];
    server.labels = [{ name: 'Bicycle', confidence: 97 }];
    await stage.round();
    await recognisePhoto(stage.system, { photoId: stage.photoId });
    const counted = (await stage.calls()).map(({ operation, calls, costMicroDollars }) => [
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
    // No answer within that is none; all others come at once, however busy the machine is.
    const recognition = kind === 'hang' ? { deadlineMs: 100 } : {};
    const stage = await receive({ photos: 2, recognition });
    server.texts = [{ text: '1234' }];
    server.fault = { kind } as RekognitionFault;
    for (let round = 0; round < 4; round += 1) expect(await stage.round()).toBe(2);
    expect(await stage.states()).toEqual(['received', 'received']);
    expect([await stage.balance(), await stage.calls()]).toEqual([98, []]);
    const waits = stage.base.queue.named('prepare-photo').map(({ options }) => options.runAfterSeconds ?? 0);
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
    expect(stage.base.queue.named('prepare-photo')[0]?.options.runAfterSeconds).toBeGreaterThan(30);
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
