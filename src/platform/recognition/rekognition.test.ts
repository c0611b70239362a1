import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newMemoryLog } from '../../../tests/doubles/memory-log.ts';
import {
  openRekognitionServer,
  type RekognitionFault,
  type RekognitionServer,
} from '../../../tests/doubles/rekognition-server.ts';
import type { CallTurns } from './call-turns.ts';
import { openRekognition, type RekognitionOptions } from './open-rekognition.ts';
import type { Jpeg } from './recognition.ts';

let server: RekognitionServer;
let jpeg: Jpeg;
beforeAll(async () => {
  server = await openRekognitionServer();
  const picture = { width: 320, height: 240, channels: 3 as const, background: '#88aacc' };
  const bytes = await sharp({ create: picture }).jpeg().toBuffer();
  jpeg = { bytes, widthPx: 320, heightPx: 240 };
});
afterAll(() => server.close());

const atOnce: CallTurns = { take: async () => 0, pause: async () => undefined };

function recogniser(options: Partial<RekognitionOptions> = {}) {
  Object.assign(server, { fault: { kind: 'none' }, texts: [], labels: [], faces: 0 });
  server.calls.length = 0;
  return openRekognition({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
    endpointUrl: server.url,
    collectionPrefix: 'test',
    turns: atOnce,
    log: newMemoryLog(),
    backoffMs: 1,
    deadlineMs: 10_000,
    ...options,
  });
}

describe('Rekognition by its own protocol', () => {
  test('gives lines with their words and corners', async () => {
    const recognition = recogniser();
    server.texts = [{ text: 'LYON 101', confidence: 98.5, box: { x: 0.1, y: 0.2, w: 0.4, h: 0.1 } }];
    const [line] = await recognition.detectText(jpeg);
    expect(line).toMatchObject({ text: 'LYON 101', confidence: 0.985 });
    expect(line?.words.map(({ text }) => text)).toEqual(['LYON', '101']);
    expect(line?.outline[0]).toEqual({ x: 0.1, y: 0.2 });
    expect(server.calls.map(({ target }) => target)).toEqual(['DetectText']);
  });

  test('a picture without text is an empty answer', async () => {
    expect(await recogniser().detectText(jpeg)).toEqual([]);
  });

  test('a picture under 80 px is an empty answer without a call', async () => {
    const tiny = { ...jpeg, widthPx: 79 };
    const recognition = recogniser();
    expect(await recognition.detectText(tiny)).toEqual([]);
    expect(await recognition.indexFaces(randomUUID(), randomUUID(), tiny)).toEqual([]);
    expect(server.calls).toEqual([]);
  });

  test('labels come from the asked confidence up, with a box for each thing', async () => {
    const recognition = recogniser();
    server.labels = [
      { name: 'Bicycle', confidence: 96, instances: 2 },
      { name: 'Podium', confidence: 60 },
    ];
    const labels = await recognition.detectLabels(jpeg, 0.9);
    expect(labels).toMatchObject([{ name: 'Bicycle', confidence: 0.96 }]);
    expect(labels[0]?.boxes).toHaveLength(2);
  });

  test('faces have a box, a confidence and a smile', async () => {
    const recognition = recogniser();
    server.faces = 1;
    const [face] = await recognition.detectFaces(jpeg);
    expect(face).toMatchObject({ box: { x: 0.4, y: 0.2 }, smile: 0.9 });
    expect(face?.confidence).toBeCloseTo(0.999);
  });
});

describe('faces of an event', () => {
  test('stand in a collection of its own, made when the first face comes', async () => {
    const recognition = recogniser();
    const [eventId, other] = [randomUUID(), randomUUID()];
    server.faces = 2;
    const faces = await recognition.indexFaces(eventId, 'photo-1', jpeg);
    expect(faces).toHaveLength(2);
    await recognition.indexFaces(eventId, 'photo-2', jpeg);
    expect(server.collections.get(`test-${eventId}`)).toHaveLength(4);
    const wish = { leastSimilarity: 0.9, limit: 3 };
    const found = await recognition.searchFacesByImage(eventId, jpeg, wish);
    expect(found.map(({ photoId }) => photoId)).toEqual(['photo-1', 'photo-1', 'photo-2']);
    expect(await recognition.searchFacesByImage(other, jpeg, wish)).toEqual([]);
  });

  test('a search by a picture without a face finds nobody', async () => {
    const recognition = recogniser();
    const eventId = randomUUID();
    server.collections.set(`test-${eventId}`, [{ faceId: 'a', externalImageId: 'photo-1' }]);
    expect(await recognition.searchFacesByImage(eventId, jpeg, { leastSimilarity: 0.9, limit: 3 })).toEqual(
      [],
    );
  });

  test('go by photo, whichever page of the collection they stand on, and others stay', async () => {
    const recognition = recogniser();
    const eventId = randomUUID();
    server.faces = 3;
    for (const photoId of ['photo-1', 'photo-2', 'photo-1'])
      await recognition.indexFaces(eventId, photoId, jpeg);
    await recognition.deleteFaces(eventId, ['photo-1']);
    await recognition.deleteFaces(eventId, ['photo-1']);
    const left = server.collections.get(`test-${eventId}`) ?? [];
    expect(left.map(({ externalImageId }) => externalImageId)).toEqual(['photo-2', 'photo-2', 'photo-2']);
  });

  test('go with their event, and a second time is no fault', async () => {
    const recognition = recogniser();
    const eventId = randomUUID();
    server.faces = 1;
    await recognition.indexFaces(eventId, 'photo-1', jpeg);
    await recognition.deleteCollection(eventId);
    await recognition.deleteCollection(eventId);
    await recognition.deleteFaces(eventId, ['photo-1']);
    expect(server.collections.has(`test-${eventId}`)).toBe(false);
  });

  test('a deletion that is answered without a word is not taken for one', async () => {
    const recognition = recogniser();
    server.fault = { kind: 'nothing' };
    await expect(recognition.deleteCollection(randomUUID())).rejects.toMatchObject({ code: 'unavailable' });
  });
});

const OUTAGES: RekognitionFault['kind'][] = [
  'quota',
  'garbage',
  'empty',
  'nothing',
  'hang',
  'cut',
  'error-500',
  'denied',
];

describe('F10 a recogniser that does not recognise', () => {
  test.each(OUTAGES)('F10 %s is tried again and then “unavailable”, never an empty answer', async (kind) => {
    const recognition = recogniser({ attempts: 3, ...(kind === 'hang' && { deadlineMs: 100 }) });
    server.fault = { kind } as RekognitionFault;
    await expect(recognition.detectText(jpeg)).rejects.toMatchObject({ code: 'unavailable' });
    expect(server.calls).toHaveLength(3);
  });

  test('F10 no further attempt begins when the time for them is over', async () => {
    const recognition = recogniser({ attempts: 100, budgetMs: 0 });
    server.fault = { kind: 'error-500' };
    await expect(recognition.detectText(jpeg)).rejects.toMatchObject({ code: 'unavailable' });
    expect(server.calls).toHaveLength(1);
  });

  test('F10 an image it refuses is the image’s fault, at the first attempt', async () => {
    const recognition = recogniser();
    server.fault = { kind: 'invalid-image' };
    await expect(recognition.detectText(jpeg)).rejects.toMatchObject({ code: 'bad-input' });
    expect(server.calls).toHaveLength(1);
    expect(recognition.pausedSeconds()).toBe(0);
  });

  test('F10 a throttled call holds back everybody’s next one', async () => {
    const paused: string[] = [];
    const turns: CallTurns = { ...atOnce, pause: async (operation) => void paused.push(operation) };
    const recognition = recogniser({ turns });
    server.fault = { kind: 'quota' };
    await expect(recognition.detectText(jpeg)).rejects.toMatchObject({ code: 'unavailable' });
    expect(paused).toEqual(['detect-text', 'detect-text', 'detect-text']);
  });

  test('F10 nobody is called while the breaker is open, and one look closes it', async () => {
    const breaker = { failuresInARow: 2, openMs: 50, mostOpenMs: 50 };
    const recognition = recogniser({ attempts: 1, breaker });
    server.fault = { kind: 'error-500' };
    for (let call = 0; call < 4; call += 1) {
      await expect(recognition.detectText(jpeg)).rejects.toMatchObject({ code: 'unavailable' });
    }
    expect(server.calls).toHaveLength(2);
    expect(recognition.pausedSeconds()).toBe(1);
    server.fault = { kind: 'none' };
    await expect.poll(() => recognition.pausedSeconds()).toBe(0);
    expect(await recognition.detectText(jpeg)).toEqual([]);
    expect(await recognition.detectText(jpeg)).toEqual([]);
  });

  test('a line that is too long is “unavailable” at once and says nothing about the provider', async () => {
    const recognition = recogniser({ turns: { ...atOnce, take: async () => null } });
    for (let call = 0; call < 9; call += 1) {
      await expect(recognition.detectText(jpeg)).rejects.toMatchObject({ code: 'unavailable' });
    }
    expect([server.calls.length, recognition.pausedSeconds()]).toEqual([0, 0]);
  });

  test('a database that fails is its own fault and not the recogniser’s', async () => {
    const fails = () => Promise.reject(new Error('the database is away'));
    const recognition = recogniser({ turns: { ...atOnce, take: fails } });
    await expect(recognition.detectText(jpeg)).rejects.toThrow('the database is away');
  });

  test('logs tell the fault and never a key or what was sent', async () => {
    const log = newMemoryLog();
    const recognition = recogniser({ log, attempts: 1 });
    server.fault = { kind: 'denied' };
    await expect(recognition.detectText(jpeg)).rejects.toMatchObject({ code: 'unavailable' });
    const written = JSON.stringify(log);
    expect(written).toContain('UnrecognizedClientException');
    expect(written).not.toMatch(/AKIDTEST|secret|base64/);
  });
});

describe('credentials', () => {
  test('are there when they were given', async () => {
    expect(await recogniser().hasCredentials()).toBe(true);
  });
});
