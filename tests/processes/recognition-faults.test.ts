import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '#context.ts';
import { holdCredits } from '#domain/credits/hold-credits.ts';
import { recognitionCalls } from '#domain/ingest/tables.ts';
import { openRekognitionServer, type RekognitionServer } from '../doubles/rekognition-server.ts';
import { until } from '../doubles/until.ts';
import { makePhoto } from '../factories.ts';
import { drawPlainPhoto } from '../fixtures/plain-photo.ts';
import { openSeller } from './open-seller.ts';
import { openStage, type Stage } from './open-stage.ts';
import { countStates, expectBooksInOrder, isSettled, listPhotoRows } from './photo-books.ts';

const PHOTOS = 12;

describe('F10 two workers whose photos Rekognition reads', () => {
  let stage: Stage;
  let rekognition: RekognitionServer;

  beforeAll(async () => {
    rekognition = await openRekognitionServer();
    const env = {
      AI_ENGINE: 'rekognition',
      // Far below the quota: a busy machine lets calls wait, and then they leave closer together.
      AI_CALLS_PER_SECOND: '2',
      AWS_ENDPOINT_URL_REKOGNITION: rekognition.url,
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'secret',
    };
    stage = await openStage({ database: 'postgres', storage: 'local', env });
  });
  afterAll(async () => {
    await stage?.close();
    await rekognition?.close();
  });

  test('F10 stay under the quota together, lose no photo in an outage, and count what was answered', {
    timeout: 300_000,
  }, async () => {
    const { event, organisationId } = await stage.look(openSeller);
    await stage.look((ctx) => receivePhotos(ctx, event.id, organisationId));
    rekognition.texts = [{ text: '1234' }];
    rekognition.fault = { kind: 'error-500' };
    await Promise.all([stage.startWorker(), stage.startWorker()]);
    await until(() => rekognition.calls.length >= 8, 60_000);
    expect(await stage.look((ctx) => countStates(ctx, event.id))).toEqual({
      received: PHOTOS,
      prepared: 0,
      ready: 0,
      failed: 0,
    });

    rekognition.fault = { kind: 'throttle', callsPerSecond: 5 };
    const before = rekognition.calls.length;
    await until(() => stage.look((ctx) => isSettled(ctx, event.id)), 240_000);
    await stage.look(async (ctx) => {
      const photos = await listPhotoRows(ctx, event.id);
      expect(photos.map(({ state, bibs }) => `${state} ${bibs}`)).toEqual(
        Array.from({ length: PHOTOS }, () => 'ready 1234'),
      );
      await expectBooksInOrder(ctx, event.id);
      const counted = await ctx.db
        .select({ cost: sql<number>`sum(${recognitionCalls.costMicroDollars})::int` })
        .from(recognitionCalls)
        .where(eq(recognitionCalls.eventId, event.id));
      expect(counted).toEqual([{ cost: PHOTOS * 1000 }]);
    });
    const throttled = rekognition.calls.slice(before).filter(({ status }) => status !== 200);
    expect(throttled).toEqual([]);
  });
});

/** As finish-upload leaves them. */
async function receivePhotos(ctx: Context, eventId: string, organisationId: string): Promise<void> {
  for (let index = 0; index < PHOTOS; index += 1) {
    const photo = await makePhoto(ctx, { eventId, organisationId, state: 'received' });
    const bytes = await drawPlainPhoto({ seed: `elsewhere-${index}`, text: '1234' });
    await ctx.storage.put(photo.originalKey, bytes, 'image/jpeg');
    await holdCredits(ctx, { organisationId, photoId: photo.id, credits: 1 });
    const options = { shareKey: eventId, singletonKey: photo.id };
    await ctx.queue.enqueue(ctx.db, 'prepare-photo', { photoId: photo.id }, options);
  }
}
