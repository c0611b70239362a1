import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events } from '#domain/events/tables.ts';
import { photoFaces } from '#domain/matching/tables.ts';
import type { RekognitionServer } from '../../../tests/doubles/rekognition-server.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { openRecognitionStage, premium } from '../../../tests/recognition-stage.ts';
import { indexFacesElsewhere } from './index-faces-elsewhere.ts';
import { recognisePhoto } from './recognise-photo.ts';
import { sweepIndexedPhotos } from './sweep-indexed-photos.ts';
import { indexedPhotos } from './tables.ts';

type Stage = Awaited<ReturnType<typeof openRecognitionStage>>;
let server: RekognitionServer;
let receive: Stage['receive'];
let jpeg: Stage['jpeg'];
beforeAll(async () => {
  ({ server, receive, jpeg } = await openRecognitionStage(createTestContext));
});
afterAll(() => server.close());

describe('faces at Rekognition', () => {
  const config = { aiFaceIndexEnabled: true };
  const eventOf = () => ({
    ...premium,
    faceMode: 'full-index' as const,
    faceModeEndsAt: new Date('2026-06-15T10:00:00Z'),
  });

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
    await recognition.indexFaces(gone.eventId, gone.photoId, jpeg);
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
