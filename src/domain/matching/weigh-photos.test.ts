import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { inTransaction, withActor } from '#context.ts';
import { cameraClocks } from '#domain/clocks/tables.ts';
import { checkpoints } from '#domain/events/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { expectedPassages } from '#domain/timing/tables.ts';
import { bibReadOf } from '../../../tests/doubles/fake-engine.ts';
import {
  makeAttribution,
  makeBibRead,
  makeEvent,
  makePhoto,
  makePro,
  makeStartListEntry,
} from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { markPhotosNear } from './mark-photos-near.ts';
import { markPhotosToWeigh } from './mark-photos-to-weigh.ts';
import { recordReads } from './record-findings.ts';
import { setPublishThreshold } from './set-publish-threshold.ts';
import { sweepClothing } from './sweep-clothing.ts';
import { attributions, clothingSightings, photoFindings, photosToWeigh } from './tables.ts';
import { weighPhotos } from './weigh-photos.ts';

const START = Date.UTC(2026, 5, 14, 9);
const at = (seconds: number) => new Date(START + seconds * 1000);
/** The camera is so much late. */
const OFFSET_S = 40;
const body = { box: { x: 0.35, y: 0.2, w: 0.2, h: 0.6 }, confidence: 0.97 };
const number = { x: 0.42, y: 0.4, w: 0.06, h: 0.03 };
const engine = { name: 'test', version: 'test-1' };
const shirt = { upper: [50, 60, 40], lower: null } as const;

/** A place where twenty runners pass, one every ten seconds, and a camera whose clock is known. */
async function openPlace() {
  const ctx = await createTestContext();
  const { organisation, actor } = await makePro(ctx);
  const event = await makeEvent(ctx, { organisationId: organisation.id });
  const eventId = event.id;
  const placeId = ctx.random.id();
  await ctx.db.insert(checkpoints).values({ id: placeId, eventId, name: 'Col', position: 0 });
  for (let index = 0; index < 20; index += 1) {
    const bib = String(720 + index);
    await makeStartListEntry(ctx, { eventId, bib });
    const expectedAt = at(index * 10);
    await ctx.db
      .insert(expectedPassages)
      .values({ eventId, placeId, bib, lap: 1, expectedAt, spreadMs: 500 });
  }
  const stays = [{ placeId, from: null, until: null, source: 'hand' as const }];
  const clock = { offsetMs: OFFSET_S * 1000, method: 'hand' as const, spreadMs: 300, stays };
  const camera = { id: ctx.random.id(), organisationId: organisation.id, cameraKey: 'cam', label: 'Acme' };
  await ctx.db.insert(cameraClocks).values({ ...camera, ...clock, eventId, updatedAt: ctx.clock.now() });
  /** A photo of one runner, by the true time. */
  const shoot = async (seconds: number, more: { bib?: string; wears?: typeof shirt } = {}) => {
    const photo = await makePhoto(ctx, { eventId, cameraKey: 'cam', takenAt: at(seconds - OFFSET_S) });
    const { upper, lower } = more.wears ?? shirt;
    const persons = [
      { ...body, ...(more.wears && { clothing: { upper: [...upper] as typeof UPPER, lower } }) },
    ];
    await ctx.db
      .insert(photoFindings)
      .values({ photoId: photo.id, engineVersion: 'test-1', persons, cpuMs: 1 });
    if (more.bib) await makeBibRead(ctx, { photoId: photo.id, bib: more.bib, box: number });
    return photo.id;
  };
  const system = withActor(ctx, { kind: 'system', name: 'test' });
  const weigh = async (...photoIds: string[]) => {
    await markPhotosToWeigh(ctx, { eventId, photoIds });
    return weighPhotos(system, { eventId });
  };
  const tagsOf = (photoId: string) =>
    ctx.db.select().from(attributions).where(eq(attributions.photoId, photoId)).orderBy(attributions.bib);
  const bibsOf = async (photoId: string) =>
    (await ctx.db.select().from(photos).where(eq(photos.id, photoId)))[0]?.bibs;
  const owner = withActor(ctx, actor);
  return { ctx, owner, eventId, placeId, shoot, weigh, tagsOf, bibsOf };
}
const UPPER: [number, number, number] = [0, 0, 0];

describe('weighing', () => {
  test('names a runner whose number is not seen by the next photo and by timing, and says why', async () => {
    const { shoot, weigh, tagsOf, bibsOf } = await openPlace();
    const seen = await shoot(90, { bib: '729' });
    const hidden = await shoot(90.4);
    expect(await weigh(hidden)).toBe(1);
    expect(await bibsOf(hidden)).toEqual(['729']);
    expect(await bibsOf(seen)).toEqual(['729']);
    const [tag] = await tagsOf(hidden);
    expect(tag?.evidence.map(({ kind }) => kind).sort()).toEqual(['neighbour', 'timing']);
    expect(tag?.evidence.find(({ kind }) => kind === 'neighbour')?.values.photoId).toBe(seen);
    expect(tag?.startListEntryId).not.toBeNull();
  });

  test('a second time writes nothing, and leaves nothing to weigh', async () => {
    const { ctx, eventId, shoot, weigh, tagsOf } = await openPlace();
    const photoIds = [await shoot(90, { bib: '729', wears: shirt }), await shoot(90.4, { wears: shirt })];
    await weigh(...photoIds);
    const before = await Promise.all(photoIds.map(tagsOf));
    ctx.clock.advance(60);
    await weigh(...photoIds);
    expect(await Promise.all(photoIds.map(tagsOf))).toEqual(before);
    expect(await ctx.db.select().from(photosToWeigh).where(eq(photosToWeigh.eventId, eventId))).toEqual([]);
  });

  test('by two workers at once, while a photo of the burst is read again, ends in the same tags', async () => {
    const { ctx, eventId, shoot, weigh, tagsOf } = await openPlace();
    const photoIds = [await shoot(90, { bib: '729', wears: shirt }), await shoot(90.4, { wears: shirt })];
    const [seen = ''] = photoIds;
    await weigh(...photoIds);
    const before = (await Promise.all(photoIds.map(tagsOf)))
      .flat()
      .map(({ bib, probability }) => [bib, probability]);
    await markPhotosToWeigh(ctx, { eventId, photoIds });
    const reading = { photoId: seen, analysis: { engine, bibs: [bibReadOf('729', { box: number })] } };
    await Promise.all([
      weigh(seen),
      weigh(...photoIds),
      inTransaction(ctx, (tx) => recordReads(tx, reading)),
    ]);
    await weigh();
    const after = (await Promise.all(photoIds.map(tagsOf)))
      .flat()
      .map(({ bib, probability }) => [bib, probability]);
    expect(after).toEqual(before);
    expect(await ctx.db.select().from(photosToWeigh).where(eq(photosToWeigh.eventId, eventId))).toEqual([]);
  });

  test('leaves what a person decided, and hears it on the photos beside', async () => {
    const { ctx, eventId, shoot, weigh, tagsOf, bibsOf } = await openPlace();
    const [first, second] = [await shoot(90, { bib: '729' }), await shoot(90.4)];
    await makeAttribution(ctx, {
      photoId: first,
      eventId,
      bib: '729',
      decision: 'rejected',
      probability: 0.97,
    });
    await makeAttribution(ctx, {
      photoId: first,
      eventId,
      bib: '735',
      decision: 'confirmed',
      probability: 0.1,
    });
    const before = await tagsOf(first);
    await weigh(first);
    expect((await tagsOf(first)).filter(({ decision }) => decision)).toEqual(before);
    expect(await bibsOf(first)).toEqual(['735']);
    expect(await bibsOf(second)).not.toContain('729');
  });

  test('keeps what a runner wore where the bib was sure, and looks again at the doubtful photos of this runner', async () => {
    const { ctx, eventId, shoot, weigh, tagsOf } = await openPlace();
    const far = await shoot(91, { wears: shirt });
    await weigh(far);
    await makeAttribution(ctx, { photoId: far, eventId, bib: '738', probability: 0.5 });
    const sure = await shoot(181, { bib: '738', wears: shirt });
    await weigh(sure);
    const worn = await ctx.db.select().from(clothingSightings).where(eq(clothingSightings.eventId, eventId));
    expect(worn.map(({ photoId, bib }) => [photoId, bib])).toEqual([[sure, '738']]);
    expect((await tagsOf(far)).map(({ bib }) => bib)).not.toContain('738');
  });

  test('knows nothing of what anybody wore a month later, and keeps that people are there', async () => {
    const { ctx, eventId, shoot, weigh } = await openPlace();
    const photoId = await shoot(91, { bib: '729', wears: shirt });
    await weigh(photoId);
    const system = withActor(ctx, { kind: 'system', name: 'test' });
    expect(await sweepClothing(system)).toBe(0);
    ctx.clock.advance(31 * 86_400);
    expect(await sweepClothing(system)).toBeGreaterThan(0);
    expect(await sweepClothing(system)).toBe(0);
    const worn = await ctx.db.select().from(clothingSightings).where(eq(clothingSightings.eventId, eventId));
    expect(worn).toEqual([]);
    const [found] = await ctx.db.select().from(photoFindings).where(eq(photoFindings.photoId, photoId));
    expect(found?.persons).toEqual([body]);
  });
});

test('expectations that changed have the photos of their place and time weighed, and no others', async () => {
  const { ctx, eventId, placeId, shoot } = await openPlace();
  const [near] = [await shoot(90), await shoot(400)];
  await markPhotosNear(ctx, { eventId, changed: [{ placeId, from: at(89), until: at(92) }] });
  await markPhotosNear(ctx, {
    eventId,
    changed: [{ placeId: ctx.random.id(), from: at(399), until: at(401) }],
  });
  const marked = await ctx.db
    .select({ id: photosToWeigh.photoId })
    .from(photosToWeigh)
    .where(and(eq(photosToWeigh.eventId, eventId)));
  expect(marked.map(({ id }) => id)).toEqual([near]);
});

test('another threshold shows other tags of what was weighed, and leaves what a person decided', async () => {
  const { ctx, owner, eventId, shoot, bibsOf } = await openPlace();
  const [probable, decided] = [await shoot(90), await shoot(300)];
  await makeAttribution(ctx, { photoId: probable, eventId, bib: '729', probability: 0.9 });
  await makeAttribution(ctx, {
    photoId: decided,
    eventId,
    bib: '730',
    probability: 0.9,
    decision: 'rejected',
  });
  await setPublishThreshold(owner, { eventId, publishThreshold: 0.85 });
  expect([await bibsOf(probable), await bibsOf(decided)]).toEqual([['729'], []]);
  await setPublishThreshold(owner, { eventId, publishThreshold: 0.98 });
  expect([await bibsOf(probable), await bibsOf(decided)]).toEqual([[], []]);
  await expect(setPublishThreshold(owner, { eventId, publishThreshold: 0.3 })).rejects.toMatchObject({
    code: 'bad-input',
  });
  const stranger = withActor(ctx, (await makePro(ctx)).actor);
  await expect(setPublishThreshold(stranger, { eventId, publishThreshold: 0.9 })).rejects.toMatchObject({
    code: 'not-found',
  });
});
