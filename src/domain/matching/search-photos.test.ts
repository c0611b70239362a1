import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { inTransaction, withActor } from '#context.ts';
import { photos } from '#domain/photos/tables.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import type { BibRead } from '#vision/findings.ts';
import {
  makeAttribution,
  makeEvent,
  makePhoto,
  makePro,
  makeRace,
  makeStartListEntry,
} from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { getPhotoReading } from './get-photo-reading.ts';
import { getReadingFigures } from './get-reading-figures.ts';
import { listRunnerPhotoIds } from './list-runner-photo-ids.ts';
import { recordFindings } from './record-findings.ts';
import { searchPhotos } from './search-photos.ts';
import { attributions } from './tables.ts';

async function openEvent(status: 'draft' | 'published' = 'published') {
  const ctx = await createTestContext();
  const { organisation, user, actor } = await makePro(ctx);
  const event = await makeEvent(ctx, { organisationId: organisation.id, status });
  return { ctx, eventId: event.id, userId: user.id, owner: withActor(ctx, actor) };
}
type TestEvent = Awaited<ReturnType<typeof openEvent>>;

function bibRead(bib: string, kind: BibRead['kind'] = 'sure', confidence = 0.95): BibRead {
  // Each number on a body of its own.
  const box = { x: 0.05 + 0.18 * (Number(bib.replace(/\D/g, '')) % 5), y: 0.5, w: 0.1, h: 0.05 };
  return { bib, confidence, box, tiltDegrees: 0, kind, text: bib, digitProbabilities: '' };
}

/** A ready photo with what the engine is said to have seen. */
async function addPhoto({ ctx, eventId }: TestEvent, bibs: BibRead[], dropped: BibRead[] = []) {
  const photo = await makePhoto(ctx, { eventId });
  const analysis = { bibs, dropped, engine: { name: 'test', version: 'test-1' } };
  const { found } = await inTransaction(ctx, (tx) => recordFindings(tx, { photoId: photo.id, analysis }));
  return { id: photo.id, found };
}

const ids = (found: { id: string }[]) => found.map((photo) => photo.id).sort();

describe('a runner who refuses photos', () => {
  test('is on none that is published, sure, doubted, misread or confirmed, from the moment of the refusal', async () => {
    const event = await openEvent();
    const { ctx, eventId } = event;
    const entry = await makeStartListEntry(ctx, { eventId, bib: '101', lastName: 'Moreau' });
    await makeStartListEntry(ctx, { eventId, bib: '555', lastName: 'Petit' });
    const sure = await addPhoto(event, [bibRead('101'), bibRead('555')]);
    await addPhoto(event, [bibRead('101', 'guess', 0.8)]);
    await addPhoto(event, [bibRead('108')]);
    const confirmed = await makePhoto(ctx, { eventId });
    await makeAttribution(ctx, { photoId: confirmed.id, eventId, bib: '101', decision: 'confirmed' });
    const search = (query: string) => searchPhotos(ctx, { eventId, query });
    expect(await search('101')).toMatchObject({ kind: 'bib', runners: [{ lastName: 'Moreau' }] });
    await ctx.db.update(startListEntries).set({ photoOptOut: true }).where(eq(startListEntries.id, entry.id));
    expect(await search('101')).toEqual({ kind: 'nothing' });
    expect(await search('moreau')).toEqual({ kind: 'nothing' });
    expect(await listRunnerPhotoIds(ctx, { eventId, bib: '101' })).toEqual([]);
    expect(await search('555')).toMatchObject({ kind: 'bib', sure: [{ id: sure.id }] });
    const again = { bibs: [bibRead('101'), bibRead('555')], engine: { name: 'test', version: 'test-2' } };
    await inTransaction(ctx, (tx) => recordFindings(tx, { photoId: sure.id, analysis: again }));
    const [shown] = await ctx.db.select({ bibs: photos.bibs }).from(photos).where(eq(photos.id, sure.id));
    expect(shown?.bibs).toEqual(['555']);
  });
});

describe('a search by bib', () => {
  test('gives the sure photos and, apart, those that are only probable', async () => {
    const event = await openEvent();
    const sure = await addPhoto(event, [bibRead('101'), bibRead('7')]);
    const guess = await addPhoto(event, [bibRead('101', 'guess', 0.8)]);
    await addPhoto(event, [bibRead('555')]);
    const found = await searchPhotos(event.ctx, { eventId: event.eventId, query: ' #101 ' });
    expect(found).toMatchObject({ kind: 'bib', bib: '101', runners: [] });
    if (found.kind !== 'bib') return;
    expect(ids(found.sure)).toEqual([sure.id]);
    expect(ids(found.maybe)).toEqual([guess.id]);
    expect([sure.found, guess.found]).toEqual([true, false]);
  });

  test('E5: finds a photo on which a bib of the start list was misread', async () => {
    const event = await openEvent();
    const { ctx, eventId } = event;
    await makeStartListEntry(ctx, { eventId, bib: '1437', firstName: 'Zoé', lastName: 'Petit' });
    const misread = await addPhoto(event, [bibRead('1487')]);
    const found = await searchPhotos(ctx, { eventId, query: '1437' });
    expect(found).toMatchObject({ kind: 'bib', sure: [], runners: [{ bib: '1437', lastName: 'Petit' }] });
    expect(found.kind === 'bib' && ids(found.maybe)).toEqual([misread.id]);
  });

  test('never takes what a published number might have been for a misread', async () => {
    const event = await openEvent();
    const { ctx, eventId } = event;
    for (const bib of ['1437', '1497']) await makeStartListEntry(ctx, { eventId, bib });
    const photo = await addPhoto(event, [bibRead('1497')]);
    const other = await addPhoto(event, [bibRead('1487')]);
    const box = bibRead('1497').box;
    await makeAttribution(ctx, { eventId, photoId: photo.id, bib: '1487', probability: 0.04, box });
    const found = await searchPhotos(ctx, { eventId, query: '1437' });
    expect(found.kind === 'bib' && ids(found.maybe)).toEqual([other.id]);
  });

  test('never takes a neighbour’s photos for a misread: it names the neighbour', async () => {
    const event = await openEvent();
    const { ctx, eventId } = event;
    for (const bib of ['1437', '1438']) await makeStartListEntry(ctx, { eventId, bib });
    await addPhoto(event, [bibRead('1438')]);
    const found = await searchPhotos(ctx, { eventId, query: '1437' });
    expect(found).toMatchObject({ sure: [], maybe: [], nearBibs: ['1438'] });
  });

  test('keeps zeros and letters, and finds nothing politely', async () => {
    const event = await openEvent();
    const photo = await addPhoto(event, [bibRead('007')]);
    const { ctx, eventId } = event;
    const found = await searchPhotos(ctx, { eventId, query: '007' });
    expect(found.kind === 'bib' && ids(found.sure)).toEqual([photo.id]);
    expect(await searchPhotos(ctx, { eventId, query: '99123' })).toEqual({ kind: 'nothing' });
    expect(await searchPhotos(ctx, { eventId, query: '   ' })).toEqual({ kind: 'nothing' });
    expect(await searchPhotos(ctx, { eventId, query: "%' or 1=1 --" })).toEqual({ kind: 'nothing' });
  });

  test('tells nothing of an event that is not published, nor of hidden photos', async () => {
    const draft = await openEvent('draft');
    const photo = await addPhoto(draft, [bibRead('101')]);
    expect(await searchPhotos(draft.ctx, { eventId: draft.eventId, query: '101' })).toEqual({
      kind: 'nothing',
    });
    expect(await listRunnerPhotoIds(draft.ctx, { eventId: draft.eventId, bib: '101' })).toEqual([]);
    const event = await openEvent();
    const hidden = await addPhoto(event, [bibRead('101')]);
    await event.ctx.db
      .update(photos)
      .set({ hiddenAt: event.ctx.clock.now() })
      .where(eq(photos.id, hidden.id));
    expect(await listRunnerPhotoIds(event.ctx, { eventId: event.eventId, bib: '101' })).toEqual([]);
    expect(photo.found).toBe(true);
  });
});

describe('a search by name', () => {
  test('forgives accents and a slip, and counts each runner’s photos', async () => {
    const event = await openEvent();
    const { ctx, eventId } = event;
    await makeStartListEntry(ctx, { eventId, bib: '12', firstName: 'Zoé', lastName: 'Lefèvre' });
    await addPhoto(event, [bibRead('12')]);
    await addPhoto(event, [bibRead('12')]);
    for (const query of ['zoe lefevre', 'LEFÈVRE', 'lefevr']) {
      const found = await searchPhotos(ctx, { eventId, query });
      expect([query, found]).toMatchObject([
        query,
        { kind: 'runners', runners: [{ bib: '12', photoCount: 2 }] },
      ]);
    }
    expect(await searchPhotos(ctx, { eventId, query: 'Nguyen' })).toEqual({ kind: 'nothing' });
  });
});

describe('what is recorded of a photo', () => {
  test('a person’s word outlives every run', async () => {
    const event = await openEvent();
    const { ctx, eventId, userId } = event;
    const photo = await addPhoto(event, [bibRead('101'), bibRead('202')]);
    const now = ctx.clock.now();
    await ctx.db
      .update(attributions)
      .set({ decision: 'rejected', decidedBy: userId, decidedAt: now })
      .where(eq(attributions.bib, '101'));
    await makeAttribution(ctx, {
      photoId: photo.id,
      eventId,
      bib: '303',
      decision: 'confirmed',
      decidedBy: userId,
      decidedAt: now,
    });
    const analysis = { bibs: [bibRead('101'), bibRead('404')], engine: { name: 'test', version: 'test-2' } };
    await inTransaction(ctx, (tx) => recordFindings(tx, { photoId: photo.id, analysis }));
    const [row] = await ctx.db.select().from(photos).where(eq(photos.id, photo.id));
    expect(row?.bibs).toEqual(['303', '404']);
    expect(await listRunnerPhotoIds(ctx, { eventId, bib: '101' })).toEqual([]);
  });

  test('the race of a bib is the photo’s race', async () => {
    const event = await openEvent();
    const { ctx, eventId } = event;
    const race = await makeRace(ctx, { eventId });
    await makeStartListEntry(ctx, { eventId, bib: '101', raceId: race.id });
    const photo = await addPhoto(event, [bibRead('101')]);
    const [row] = await ctx.db.select().from(photos).where(eq(photos.id, photo.id));
    expect(row).toMatchObject({ bibs: ['101'], raceIds: [race.id], doubtful: false });
  });

  test('D12: the owner sees everything that was read and why, nobody else does', async () => {
    const event = await openEvent();
    const { ctx, eventId, owner } = event;
    await makeStartListEntry(ctx, { eventId, bib: '101' });
    const clock = { ...bibRead('2026', 'dropped', 0.4), reason: 'year' as const };
    const photo = await addPhoto(event, [bibRead('101'), bibRead('909')], [clock]);
    const reading = await getPhotoReading(owner, { photoId: photo.id });
    expect(reading.reads.map((read) => [read.bib, read.kind, read.reason])).toContainEqual([
      '2026',
      'dropped',
      'year',
    ]);
    expect(reading.tags.map((tag) => [tag.bib, tag.published])).toEqual([
      ['101', true],
      ['909', false],
    ]);
    expect(await getReadingFigures(owner, { eventId })).toMatchObject({
      photosRead: 1,
      withBib: 1,
      doubtful: 1,
      runnersFound: 1,
    });
    const stranger = withActor(ctx, (await makePro(ctx)).actor);
    await expect(getPhotoReading(stranger, { photoId: photo.id })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(getReadingFigures(stranger, { eventId })).rejects.toMatchObject({ code: 'not-found' });
  });
});
