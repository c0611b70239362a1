import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { withActor } from '#context.ts';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { holdCredits } from '#domain/credits/hold-credits.ts';
import { creditBalances } from '#domain/credits/tables.ts';
import type { events } from '#domain/events/tables.ts';
import { ingestJobs } from '#domain/ingest/jobs.ts';
import { recognitionCalls } from '#domain/ingest/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { openCallTurns } from '#platform/recognition/call-turns.ts';
import { openRekognition, type RekognitionOptions } from '#platform/recognition/open-rekognition.ts';
import type { EnginePool } from '#vision/engine-pool.ts';
import { newFakeEngine } from './doubles/fake-engine.ts';
import { runJobs } from './doubles/memory-queue.ts';
import { openRekognitionServer, type RekognitionServer } from './doubles/rekognition-server.ts';
import { makeEvent, makePhoto, makePro } from './factories.ts';
import type { createTestContext } from './harness.ts';

export const premium = { processingMode: 'premium', detectLabels: true } as const;

interface Setup {
  photos?: number;
  event?: Partial<typeof events.$inferInsert>;
  config?: object;
  engine?: EnginePool;
  bytes?: Buffer;
  recognition?: Partial<RekognitionOptions>;
}

/** Rekognition on this machine, and photos that wait to be read there. */
export async function openRecognitionStage(createContext: typeof createTestContext) {
  const server = await openRekognitionServer();
  const plain = { width: 640, height: 480, channels: 3 as const, background: '#7799bb' };
  const bytes = await sharp({ create: plain }).jpeg().toBuffer();
  const jpeg = { bytes, widthPx: 640, heightPx: 480 };
  return { server, jpeg, receive: (setup: Setup = {}) => receive(createContext, server, jpeg, setup) };
}

/** Photos just received by a pro with a hundred credits, where Rekognition reads. */
async function receive(
  createContext: typeof createTestContext,
  server: RekognitionServer,
  jpeg: { bytes: Buffer; widthPx: number; heightPx: number },
  setup: Setup,
) {
  Object.assign(server, { fault: { kind: 'none' }, texts: [], labels: [], faces: 0 });
  server.calls.length = 0;
  const fake = newFakeEngine(({ recognitionJpeg }) => (recognitionJpeg ? { recognitionJpeg: jpeg } : {}));
  const config = { aiEngine: 'rekognition' as const, ...setup.config };
  const plain = await createContext({ engine: setup.engine ?? fake, config });
  const recognition = openRekognition({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
    endpointUrl: server.url,
    collectionPrefix: 'test',
    turns: openCallTurns(plain.db, 1000),
    log: plain.log,
    deadlineMs: 10_000,
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
    /** Prepares all photos that wait at once, and gives how many wait after it. */
    round: async () => {
      const { queue } = base;
      const waiting = queue.named('prepare-photo');
      for (const job of waiting) queue.jobs.splice(queue.jobs.indexOf(job), 1);
      const alone = waiting.map((job) => ({ ...base, queue: { ...queue, jobs: [job] } }));
      await Promise.all(alone.map((ctx) => runJobs(ctx, ingestJobs as never)));
      return queue.named('prepare-photo').length;
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
    calls: () => base.db.select().from(recognitionCalls).where(eq(recognitionCalls.eventId, event.id)),
  };
}
