import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { type Context, withActor } from '#context.ts';
import { cameraClocks } from '#domain/clocks/tables.ts';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { holdCredits } from '#domain/credits/hold-credits.ts';
import { creditBalances, creditEntries } from '#domain/credits/tables.ts';
import { attributions, bibReads } from '#domain/matching/tables.ts';
import { getPhotoCounts } from '#domain/photos/get-photo-counts.ts';
import { photos, renditions } from '#domain/photos/tables.ts';
import { DomainError } from '#platform/errors.ts';
import { createEnginePool, type EnginePool } from '#vision/engine-pool.ts';
import { type BibRead, type PhotoAnalysis, PhotoFailure } from '#vision/findings.ts';
import { runJobs } from '../../../tests/doubles/memory-queue.ts';
import { makeEvent, makePhoto, makePro, makeStartListEntry } from '../../../tests/factories.ts';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import { createTestContext, type TestContextOptions } from '../../../tests/harness.ts';
import { getIngestProgress } from './get-ingest-progress.ts';
import { ingestJobs } from './jobs.ts';
import { preparePhoto } from './prepare-photo.ts';
import { recognisePhoto } from './recognise-photo.ts';
import { reprocessPhoto } from './reprocess-photo.ts';
import { sweepPhotos } from './sweep-photos.ts';

const FIRST = { attempt: 1 };
const realEngine = createEnginePool({ lanes: 1 });
afterAll(() => realEngine.close());

function bibRead(bib: string, kind: BibRead['kind'] = 'sure'): BibRead {
  // Each number on a body of its own.
  const box = { x: 0.05 + 0.07 * (Number(bib) % 13), y: 0.5, w: 0.05, h: 0.03 };
  return { bib, confidence: 0.97, box, tiltDegrees: 0, kind, text: bib, digitProbabilities: '' };
}

function analysis(bibs: BibRead[], more: Partial<PhotoAnalysis> = {}): PhotoAnalysis {
  const rendition = (longSide: number) => ({
    bytes: new Uint8Array(longSide),
    widthPx: longSide,
    heightPx: Math.round((longSide * 2) / 3),
  });
  return {
    widthPx: 6000,
    heightPx: 4000,
    format: 'jpeg',
    capture: {
      takenAtLocal: '2026-06-14T11:30:00.250',
      hasSubSecond: true,
      make: 'Acme',
      model: 'X1',
      bodySerial: 'S-1',
      sequence: 7,
      orientation: 1,
      colourProfile: null,
      author: 'A. Photographer',
      copyright: null,
    },
    tone: '#336699',
    placeholder: 'data:,',
    bibs,
    dropped: [bibRead('2026', 'dropped')],
    renditions: { web: rendition(1600), preview: rendition(1200), thumbnail: rendition(400) },
    cpuMs: 1,
    engine: { name: 'test', version: 'test-1' },
    ...more,
  };
}

/** An engine that answers, or breaks, as the test says. */
const engineOf = (analysePhoto: EnginePool['analysePhoto']): EnginePool => ({
  lanes: 1,
  analysePhoto,
  editPhoto: () => Promise.reject(new Error('no edit is asked for')),
  makeWebCopy: () => Promise.reject(new Error('nothing is sold')),
  describeSelfie: () => Promise.reject(new Error('no selfie is given')),
  ready: async () => true,
  close: async () => undefined,
});
const seeing = (...bibs: string[]) => engineOf(async () => analysis(bibs.map((bib) => bibRead(bib))));
const failing = (reason: PhotoFailure['reason']) =>
  engineOf(async () => {
    throw new PhotoFailure(reason, 'as the test says');
  });

/** A photo just received in a published event: bytes stored, its credit held out of ten. */
async function receive(engine: EnginePool, options: { bytes?: Buffer } & TestContextOptions = {}) {
  const base = await createTestContext({ engine, ...options });
  const { organisation, actor } = await makePro(base);
  await base.db.insert(creditBalances).values({ organisationId: organisation.id, credits: 10 });
  const event = await makeEvent(base, { organisationId: organisation.id });
  const photo = await makePhoto(base, { eventId: event.id, state: 'received' });
  await base.storage.put(photo.originalKey, options.bytes ?? Buffer.from('bytes'), 'image/jpeg');
  await holdCredits(base, { organisationId: organisation.id, photoId: photo.id, credits: 1 });
  const system = withActor(base, { kind: 'system', name: 'test' });
  const read = async () => {
    const [row] = await base.db.select().from(photos).where(eq(photos.id, photo.id));
    if (!row) throw new Error('the photo is gone');
    return row;
  };
  return { base, system, owner: withActor(base, actor), event, photo, read };
}

/** All that a run may change, to compare two runs. */
async function stateOf(ctx: Context, photoId: string) {
  const tags = await ctx.db.select().from(attributions).where(eq(attributions.photoId, photoId));
  const reads = await ctx.db.select().from(bibReads).where(eq(bibReads.photoId, photoId));
  return {
    photo: await ctx.db.select().from(photos).where(eq(photos.id, photoId)),
    renditions: await ctx.db.select().from(renditions).where(eq(renditions.photoId, photoId)),
    tags: tags.map(({ id, ...tag }) => tag),
    reads: reads.map(({ id, ...read }) => read),
    credits: await ctx.db.select().from(creditEntries).where(eq(creditEntries.photoId, photoId)),
  };
}

describe('a photo on its way to ready', () => {
  test('gets renditions, capture, tags and keeps its credit', async () => {
    const { base, system, owner, event, photo, read } = await receive(seeing('101', '202'));
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    expect(await read()).toMatchObject({
      state: 'ready',
      bibs: ['101', '202'],
      sequence: 7,
      author: 'A. Photographer',
      // 11:30 on a clock in Paris in June.
      takenAt: new Date('2026-06-14T09:30:00.250Z'),
      sortAt: new Date('2026-06-14T09:30:00.250Z'),
      engineVersion: 'test-1',
    });
    expect(await getPhotoCounts(base, { eventId: event.id })).toEqual({
      received: 0,
      prepared: 0,
      ready: 1,
      failed: 0,
    });
    expect(await getCreditBalance(owner)).toBe(9);
    expect(await getIngestProgress(owner, { eventId: event.id })).toMatchObject({
      ready: 1,
      processedShare: 1,
    });
    const kept = await base.db.select().from(renditions).where(eq(renditions.photoId, photo.id));
    expect(kept.map((row) => row.kind).sort()).toEqual(['preview', 'thumbnail', 'web']);
    for (const { storageKey } of kept) expect(base.storage.objects.has(storageKey)).toBe(true);
    expect(
      base.live.published.map(({ channel, message }) => [channel, message.type, message.data.state]),
    ).toEqual([
      [`event/${event.id}`, 'photo-state', 'prepared'],
      [`event/${event.id}`, 'photo-state', 'ready'],
      [`gallery/${event.id}`, 'photo-ready', undefined],
    ]);
  });

  test('gives the credit back when nothing was found, once', async () => {
    const { system, owner, photo, read } = await receive(seeing());
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    expect(await read()).toMatchObject({ state: 'ready', bibs: [] });
    expect(await getCreditBalance(owner)).toBe(10);
  });

  test('of the clock page is hidden from galleries, and told to nobody', async () => {
    const engine = engineOf(async () => analysis([], { clockCode: '2026-06-14T09:30:10.000Z' }));
    const { base, system, event, photo, read } = await receive(engine);
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    expect(await read()).toMatchObject({ state: 'ready', hiddenAt: expect.any(Date) });
    expect(base.live.published.map(({ channel }) => channel)).not.toContain(`gallery/${event.id}`);
  });

  test('of somebody who holds a clock code up stays theirs, and sets no clock', async () => {
    const clockCode = '2026-06-14T09:30:10.000Z';
    const engine = engineOf(async () => analysis([bibRead('101')], { clockCode }));
    const { base, system, event, photo, read } = await receive(engine);
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    const { takenAt, cameraKey, hiddenAt } = await read();
    expect({ taken: takenAt !== null && cameraKey !== null, hiddenAt }).toEqual({
      taken: true,
      hiddenAt: null,
    });
    const set = await base.db.select().from(cameraClocks).where(eq(cameraClocks.eventId, event.id));
    expect(set).toEqual([]);
  });

  test('Q-08: a second run of a finished job changes nothing', async () => {
    const { base, system, photo } = await receive(seeing('101'));
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    const before = await stateOf(base, photo.id);
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    await recognisePhoto(system, { photoId: photo.id });
    expect(await stateOf(base, photo.id)).toEqual(before);
    expect(base.storage.objects.size).toBe(4);
  });

  test('Q-03: a worker that comes late writes nothing', async () => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const late = await receive(
      engineOf(async () => {
        await held;
        return analysis([bibRead('999')]);
      }),
    );
    const zombie = preparePhoto(late.system, { photoId: late.photo.id }, FIRST);
    const rescue = { ...late.system, engine: seeing('101') };
    await preparePhoto(rescue, { photoId: late.photo.id }, { attempt: 2 });
    const before = await stateOf(late.base, late.photo.id);
    letGo();
    await zombie;
    expect(await stateOf(late.base, late.photo.id)).toEqual(before);
    expect(await late.read()).toMatchObject({ state: 'ready', bibs: ['101'] });
  });

  test('goes on from prepared when the worker died in between', async () => {
    const { base, system, photo, read } = await receive(seeing('101'));
    const dying: Context = {
      ...system,
      live: {
        ...base.live,
        publish: async () => {
          throw new Error('no page hears it');
        },
      },
      engine: engineOf(async () => analysis([bibRead('101')], { engine: { name: 'test', version: '' } })),
    };
    await base.db
      .update(photos)
      .set({ state: 'prepared', preparedAt: base.clock.now() })
      .where(eq(photos.id, photo.id));
    await preparePhoto(dying, { photoId: photo.id }, { attempt: 2 });
    expect(await read()).toMatchObject({ state: 'ready', bibs: ['101'] });
  });

  test('is for the system alone', async () => {
    const { owner, photo, read } = await receive(seeing('101'));
    await expect(preparePhoto(owner, { photoId: photo.id }, FIRST)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await read()).state).toBe('received');
  });
});

describe('a photo that cannot be read', () => {
  test.each(['truncated', 'not-an-image', 'too-many-pixels'] as const)(
    'fails at once as %s and gives its credit back',
    async (reason) => {
      const { system, owner, photo, read } = await receive(failing(reason));
      await preparePhoto(system, { photoId: photo.id }, FIRST);
      expect(await read()).toMatchObject({ state: 'failed', failureReason: reason });
      expect(await getCreditBalance(owner)).toBe(10);
    },
  );

  test.each(['crashed', 'timed-out', 'out-of-memory'] as const)(
    'Q-02: is tried again when the engine %s, and then fails with the reason',
    async (reason) => {
      const { system, owner, photo, read } = await receive(failing(reason));
      const failure = await preparePhoto(system, { photoId: photo.id }, FIRST).catch(
        (error: unknown) => error,
      );
      expect((await read()).state).toBe('received');
      const [job] = ingestJobs;
      expect(job.maxAttempts).toBe(3);
      const message = failure instanceof Error ? failure.message : '';
      await job.onDead?.(system, { photoId: photo.id }, { message });
      expect(await read()).toMatchObject({ state: 'failed', failureReason: reason });
      expect(await getCreditBalance(owner)).toBe(10);
    },
  );

  test.each(['get', 'put'] as const)('waits for a storage that refuses to %s, however long', async (verb) => {
    const { base, system, photo, read } = await receive(seeing('101'));
    const refuse = async () => {
      throw new DomainError('unavailable', { public: { key: 'platform.storageUnavailable' } });
    };
    const away: Context = { ...system, storage: { ...base.storage, [verb]: refuse } };
    const waiting = () => base.queue.named('prepare-photo').map((job) => job.options.runAfterSeconds ?? 0);
    const before = waiting().length;
    // Several runs of one photo that wait at once go on as one.
    for (let attempt = 1; attempt <= 5; attempt += 1)
      await preparePhoto(away, { photoId: photo.id }, { attempt });
    expect((await read()).state).toBe('received');
    expect(waiting().slice(before)).toEqual([30]);
    base.clock.advance(30);
    await preparePhoto(away, { photoId: photo.id }, FIRST);
    expect(waiting().slice(before)).toEqual([30, 30]);
    await runJobs(base, ingestJobs as never);
    expect((await read()).state).toBe('ready');
  });

  test('is read again at its owner’s wish, for nothing, and at nobody else’s', async () => {
    const { base, system, owner, photo, read } = await receive(failing('corrupt'));
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    const stranger = withActor(base, (await makePro(base)).actor);
    await expect(reprocessPhoto(stranger, { photoId: photo.id })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await reprocessPhoto(owner, { photoId: photo.id })).toBe('queued');
    expect(await reprocessPhoto(owner, { photoId: photo.id })).toBe('already-under-way');
    await runJobs({ ...base, engine: seeing('101') }, ingestJobs as never);
    expect(await read()).toMatchObject({ state: 'ready', failureReason: null, bibs: ['101'] });
    expect(await getCreditBalance(owner)).toBe(10);
  });

  test('the sweep queues again what sat too long, and nothing else', async () => {
    const { base, system, event, photo } = await receive(seeing('101'));
    const ready = await makePhoto(base, { eventId: event.id, state: 'ready' });
    const queued = () => base.queue.named('prepare-photo').map((job) => job.data);
    await sweepPhotos(system);
    expect(queued()).not.toContainEqual({ photoId: photo.id });
    base.clock.advance(11 * 60);
    await sweepPhotos(system);
    await sweepPhotos(system);
    expect(queued().filter((data) => 'photoId' in data && data.photoId === photo.id)).toHaveLength(1);
    expect(queued()).not.toContainEqual({ photoId: ready.id });
  });
});

describe('the real engine', () => {
  test('reads a drawn photo to a tag of the start list', async () => {
    const bytes = await drawPlainPhoto({ seed: 'real', text: '1437', widthPx: 1800, heightPx: 1200 });
    const { base, system, owner, event, photo, read } = await receive(realEngine, { bytes });
    const entry = await makeStartListEntry(base, { eventId: event.id, bib: '1437' });
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    expect(await read()).toMatchObject({ state: 'ready', bibs: ['1437'], widthPx: 1800, heightPx: 1200 });
    const [tag] = await base.db.select().from(attributions).where(eq(attributions.photoId, photo.id));
    expect(tag).toMatchObject({ bib: '1437', startListEntryId: entry.id, decision: null });
    expect(tag?.evidence.map((piece) => piece.kind)).toEqual(['bib']);
    expect(await getCreditBalance(owner)).toBe(9);
  });

  test('a broken file fails with a reason and the engine goes on', async () => {
    const whole = await drawPlainPhoto({ seed: randomUUID(), widthPx: 900, heightPx: 600 });
    const cut = await receive(realEngine, { bytes: whole.subarray(0, 9000) });
    await preparePhoto(cut.system, { photoId: cut.photo.id }, FIRST);
    expect((await cut.read()).state).toBe('failed');
    const good = await receive(realEngine, { bytes: whole });
    await preparePhoto(good.system, { photoId: good.photo.id }, FIRST);
    expect((await good.read()).state).toBe('ready');
  });
});
