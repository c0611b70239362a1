import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { countRecognitionCall } from '#domain/ingest/recognition-cost.ts';
import { openRekognition } from '#platform/recognition/open-rekognition.ts';
import { newMemoryLog } from '../../../tests/doubles/memory-log.ts';
import { makeAdmin, makeEvent, makePro } from '../../../tests/factories.ts';
import { createTestContext, type TestContextOptions } from '../../../tests/harness.ts';
import { getSettings } from './get-settings.ts';

const SECRETS = {
  authSecret: 'canary-auth-0123456789-abcdefghijkl',
  awsAccessKeyId: 'CANARYKEYID',
  awsSecretAccessKey: 'canary-aws-secret',
  smtpUrl: 'smtp://canary:canary@mail.example:25',
  resendApiKey: 'canary-resend',
  metricsToken: 'canary-metrics-token',
  stripeSecretKey: 'sk_test_canary',
  stripeWebhookSecret: 'whsec_canary-now',
  stripeWebhookSecretPrevious: 'whsec_canary-before',
  stripeConnectWebhookSecret: 'whsec_canary-sellers',
};

function recogniser(credentials: 'given' | 'absent') {
  return openRekognition({
    region: 'eu-west-1',
    collectionPrefix: 'test',
    // What the SDK does when it looks by itself and finds none.
    credentials:
      credentials === 'given'
        ? { accessKeyId: SECRETS.awsAccessKeyId, secretAccessKey: SECRETS.awsSecretAccessKey }
        : async () => Promise.reject(new Error('no credentials')),
    turns: { take: async () => 0, pause: async () => undefined },
    log: newMemoryLog(),
  });
}

async function admin(options: TestContextOptions = {}) {
  const ctx = await createTestContext(options);
  return withActor(ctx, (await makeAdmin(ctx)).actor);
}

describe('the settings page', () => {
  test('is for admins alone', async () => {
    const ctx = await createTestContext();
    const { actor } = await makePro(ctx);
    for (const who of [ctx, withActor(ctx, actor)]) {
      await expect(getSettings(who)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  test('tells the engine, the adapters and the thresholds, and no secret', async () => {
    const config = { ...SECRETS, aiQualityThreshold: 31, awsS3Bucket: 'race-photos' };
    const settings = await getSettings(await admin({ config }));
    expect(settings).toMatchObject({
      reading: { engine: 'offline', leastSureConfidence: 70, leastQuality: 31 },
      recognition: null,
      storage: { kind: 's3', bucket: 'race-photos' },
    });
    expect(JSON.stringify(settings)).not.toMatch(/canary/i);
  });

  test.each([
    ['given', true],
    ['absent', false],
  ] as const)('says whether credentials are there: %s', async (credentials, hasCredentials) => {
    const config = { ...SECRETS, aiEngine: 'rekognition' as const };
    const settings = await getSettings(await admin({ config, recognition: recogniser(credentials) }));
    expect(settings.recognition).toMatchObject({ hasCredentials, pausedSeconds: 0, callsPerSecond: 5 });
    expect(JSON.stringify(settings)).not.toMatch(/canary/i);
  });

  test('adds up what reading elsewhere cost, by event', async () => {
    const ctx = await admin();
    const system = withActor(ctx, { kind: 'system', name: 'test' });
    const before = (await getSettings(ctx)).cost;
    const { id: eventId } = await makeEvent(ctx, { name: 'Corrida' });
    const [one, two] = [randomUUID(), randomUUID()];
    for (const photoId of [one, one, two]) {
      await countRecognitionCall(system, { eventId, photoId, operation: 'detect-text' });
    }
    await countRecognitionCall(system, { eventId, photoId: one, operation: 'detect-labels' });
    const { cost } = await getSettings(ctx);
    expect(cost.calls - before.calls).toBe(4);
    expect(cost.costMicroDollars - before.costMicroDollars).toBe(4000);
    expect(cost.events).toContainEqual({
      eventId,
      name: 'Corrida',
      photos: 2,
      calls: 4,
      costMicroDollars: 4000,
    });
  });
});
