import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { type Context, withActor } from '#context.ts';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { holdCredits } from '#domain/credits/hold-credits.ts';
import { creditBalances, creditEntries } from '#domain/credits/tables.ts';
import { events } from '#domain/events/tables.ts';
import { unpackDigits } from '#domain/matching/pack-digits.ts';
import { attributions, bibReads, photoFaces, photoFindings, photoLabels } from '#domain/matching/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import type { FaceFinding, PhotoAnalysis, Quality } from '#vision/findings.ts';
import { bibReadOf, newFakeEngine } from '../../../tests/doubles/fake-engine.ts';
import { runJobs } from '../../../tests/doubles/memory-queue.ts';
import {
  makeAttribution,
  makeEvent,
  makePhoto,
  makePro,
  makeStartListEntry,
} from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { ingestJobs } from './jobs.ts';
import { judgeEvent } from './judge-event.ts';
import { preparePhoto } from './prepare-photo.ts';
import { recognisePhoto } from './recognise-photo.ts';
import { reprocessPhoto } from './reprocess-photo.ts';

const FIRST = { attempt: 1 };
const box = { x: 0.1, y: 0.2, w: 0.3, h: 0.4 };
const quality: Quality = {
  score: 71.6,
  parts: { sharpness: 0.8, exposure: 0.9, horizon: 1 },
  ...{ horizonDegrees: null, blurry: false, sharpness: 0.8, exposure: 'normal', brightness: 0.5 },
  ...{ clippedShadows: 0, clippedHighlights: 0, measuredOn: 'subject' },
};
const crops = { '1:1': box, '4:5': box, '9:16': box, '16:9': box };
const descriptor = Buffer.from(new Float32Array(128).fill(0.5).buffer).toString('base64');
const face: FaceFinding = {
  ...{ box, confidence: 0.99, descriptor, smile: 0.9, bib: '101' },
  quality: { sizePx: 90, sharpness: 0.7, yawDegrees: 4, score: 0.8 },
};
const digits = Buffer.from([0, 255, 3]).toString('base64');

type EventRow = Partial<typeof events.$inferInsert>;

/** A received photo of a pro with ten credits, in an event of these options. */
async function receive(says: Partial<PhotoAnalysis>, row: EventRow = {}, config = {}) {
  const engine = newFakeEngine(() => says);
  const base = await createTestContext({ engine, config });
  const { organisation, actor } = await makePro(base);
  await base.db.insert(creditBalances).values({ organisationId: organisation.id, credits: 10 });
  const event = await makeEvent(base, { organisationId: organisation.id, ...row });
  const { processingMode } = event;
  const photo = await makePhoto(base, { eventId: event.id, state: 'received', processingMode });
  await base.storage.put(photo.originalKey, Buffer.from('bytes'), 'image/jpeg');
  const credits = processingMode === 'premium' ? 2 : 1;
  await holdCredits(base, { organisationId: organisation.id, photoId: photo.id, credits });
  const system = withActor(base, { kind: 'system', name: 'test' });
  return { base, system, owner: withActor(base, actor), event, photo, engine };
}

async function facesOf(ctx: Context, photoId: string) {
  return ctx.db.select().from(photoFaces).where(eq(photoFaces.photoId, photoId));
}

const premium = { processingMode: 'premium', detectLabels: true } as const;
const index = (now: Date) => ({
  ...premium,
  faceMode: 'full-index' as const,
  faceModeEndsAt: new Date(now.getTime() + 3_600_000),
});

describe('findings', () => {
  test('are kept with all that later steps need, and replaced by the next reading', async () => {
    const partial = bibReadOf('93', { kind: 'guess', partial: 'last', digitProbabilities: digits });
    const alternatives = [{ bib: '107', probability: 0.2 }];
    const says = {
      bibs: [bibReadOf('101', { alternatives }), partial],
      ...{ quality, crops, labels: [{ name: 'group' as const, confidence: 0.95 }] },
      persons: [{ box, confidence: 0.9 }],
    };
    const { base, system, photo, engine } = await receive(says, premium);
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    const reads = await base.db.select().from(bibReads).where(eq(bibReads.photoId, photo.id));
    expect(reads.find(({ bib }) => bib === '101')).toMatchObject({ alternatives, partial: null });
    const piece = reads.find(({ bib }) => bib === '93');
    expect(piece?.partial).toBe('last');
    expect(unpackDigits(piece?.digitProbabilities ?? null)).toBe(digits);
    const [found] = await base.db.select().from(photoFindings).where(eq(photoFindings.photoId, photo.id));
    expect(found).toMatchObject({ quality, crops, persons: says.persons, edit: null });
    expect(engine.asked[0]).toMatchObject({ quality: true, crops: true, labels: true, faces: false });

    says.labels = [];
    await recognisePhoto(system, { photoId: photo.id });
    expect(await base.db.select().from(photoLabels).where(eq(photoLabels.photoId, photo.id))).toEqual([]);
    expect(await base.db.select().from(bibReads).where(eq(bibReads.photoId, photo.id))).toHaveLength(2);
  });

  test('of a piece of a number publish nothing and name nobody', async () => {
    const piece = bibReadOf('93', { kind: 'guess', confidence: 0.99, partial: 'last' });
    const { base, system, photo } = await receive({ bibs: [piece] });
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    const tags = await base.db.select().from(attributions).where(eq(attributions.photoId, photo.id));
    expect(tags).toEqual([]);
  });

  test('of a new reading leave what people decided', async () => {
    const { base, system, owner, event, photo } = await receive({ bibs: [bibReadOf('101')] });
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    await base.db.delete(attributions).where(eq(attributions.photoId, photo.id));
    const tag = { photoId: photo.id, eventId: event.id };
    await makeAttribution(base, { ...tag, bib: '101', decision: 'rejected' });
    await makeAttribution(base, { ...tag, bib: '202', decision: 'confirmed', probability: 0 });
    await reprocessPhoto(owner, { photoId: photo.id });
    await runJobs(base, ingestJobs as never);
    const [row] = await base.db.select().from(photos).where(eq(photos.id, photo.id));
    expect(row).toMatchObject({ bibs: ['202'], rereadAskedAt: null });
  });
});

describe('faces', () => {
  const says = { bibs: [bibReadOf('101')], faces: [face] };

  test('are asked of the engine and kept only while the event’s index runs', async () => {
    const { base, system, event, photo, engine } = await receive(says, premium, { aiFaceIndexEnabled: true });
    await base.db.update(events).set(index(base.clock.now())).where(eq(events.id, event.id));
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    expect(engine.asked[0]?.faces).toBe(true);
    const [kept] = await facesOf(base, photo.id);
    expect(kept).toMatchObject({ bib: '101', eventId: event.id, box });
    expect(Buffer.from(kept?.descriptor ?? []).toString('base64')).toBe(descriptor);

    base.clock.advance(3600);
    await recognisePhoto(system, { photoId: photo.id });
    expect(engine.asked[1]?.faces).toBe(false);
    expect(await facesOf(base, photo.id)).toEqual([]);
  });

  test.each([{ photoOptOut: true }, { faceConsent: false }])(
    'PRIV-04: of a runner whose list says %o are not kept, and go when a list says so later',
    async (consent) => {
      const on = { aiFaceIndexEnabled: true };
      const { base, system, event, photo } = await receive(says, premium, on);
      await base.db.update(events).set(index(base.clock.now())).where(eq(events.id, event.id));
      const entry = await makeStartListEntry(base, { eventId: event.id, bib: '101' });
      await preparePhoto(system, { photoId: photo.id }, FIRST);
      expect(await facesOf(base, photo.id)).toHaveLength(1);
      await base.db.update(startListEntries).set(consent).where(eq(startListEntries.id, entry.id));
      await judgeEvent(system, { eventId: event.id, why: 'list', bibs: ['101'] });
      expect(await facesOf(base, photo.id)).toEqual([]);
      await recognisePhoto(system, { photoId: photo.id });
      expect(await facesOf(base, photo.id)).toEqual([]);
    },
  );

  test.each([
    ['no face mode', premium, true],
    ['consents that nobody recorded', { ...premium, faceMode: 'consented' as const }, true],
    ['an operator who switched them off', index(new Date('2100-01-01')), false],
    ['minors', { ...index(new Date('2100-01-01')), hasMinors: true }, true],
  ])(
    'are neither asked for with %s, nor kept when an engine gives them all the same',
    async (_why, row, on) => {
      const { base, system, photo, engine } = await receive(says, row, { aiFaceIndexEnabled: on });
      await preparePhoto(system, { photoId: photo.id }, FIRST);
      expect(engine.asked[0]?.faces).toBe(false);
      const kept = await facesOf(base, photo.id);
      // A lite event with an index runs: the engine is not asked, and what it gives unasked is its own affair.
      if (row.processingMode === 'premium') expect(kept).toEqual([]);
    },
  );
});

describe('credits', () => {
  const labels = [{ name: 'group' as const, confidence: 0.95 }];
  const bibs = [bibReadOf('101')];

  test.each([
    ['a lite photo with a bib', {}, { bibs }, 1],
    ['a lite photo with nothing', {}, {}, 0],
    ['a premium photo with a bib and labels', premium, { bibs, labels }, 2],
    ['a premium photo with labels alone', premium, { labels }, 1],
    ['a premium photo with a bib alone', premium, { bibs }, 1],
    ['a premium photo with nothing', premium, {}, 0],
  ])('of %s are given back for what found nothing, once', async (_what, row, says, cost) => {
    const { base, system, owner, photo } = await receive(says, row);
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    await preparePhoto(system, { photoId: photo.id }, FIRST);
    await recognisePhoto(system, { photoId: photo.id });
    expect(await getCreditBalance(owner)).toBe(10 - cost);
    const entries = await base.db.select().from(creditEntries).where(eq(creditEntries.photoId, photo.id));
    expect(cost + entries.reduce((sum, entry) => sum + entry.credits, 0)).toBe(0);
  });
});
