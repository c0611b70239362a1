import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { matchingJobs } from '#domain/matching/jobs.ts';
import { attributions, bibReads, photosToWeigh } from '#domain/matching/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { importStartList } from '#domain/timing/import-start-list.ts';
import type { BibRead } from '#vision/findings.ts';
import { bibReadOf, newFakeEngine } from '../../../tests/doubles/fake-engine.ts';
import { runJobs } from '../../../tests/doubles/memory-queue.ts';
import { makeAttribution, makeEvent, makePhoto, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { ingestJobs } from './jobs.ts';
import { judgeEvent } from './judge-event.ts';
import { preparePhoto } from './prepare-photo.ts';

const red = { background: [50, 60, 40], ink: [95, 0, 0] } as const;
const green = { background: [60, -60, 40], ink: [10, 0, 0] } as const;
const plated = (bib: string, plate: typeof red | typeof green, more: Partial<BibRead> = {}) =>
  bibReadOf(bib, { plate: { background: [...plate.background], ink: [...plate.ink] }, ...more });

const cut = (bib: string) => bibReadOf(bib, { kind: 'guess', partial: 'last', confidence: 0.4 });

/** An event whose photos are read one by one, each as told. */
async function openEvent() {
  const says: BibRead[] = [];
  const engine = newFakeEngine(() => ({ bibs: [...says] }));
  const base = await createTestContext({ engine });
  const { organisation, actor } = await makePro(base);
  const event = await makeEvent(base, { organisationId: organisation.id });
  const system = withActor(base, { kind: 'system', name: 'test' });
  const read = async (...bibs: BibRead[]) => {
    says.splice(0, says.length, ...bibs);
    const photo = await makePhoto(base, { eventId: event.id, state: 'received' });
    await base.storage.put(photo.originalKey, Buffer.from('bytes'), 'image/jpeg');
    await preparePhoto(system, { photoId: photo.id }, { attempt: 1 });
    return photo.id;
  };
  const bibsOf = async (photoId: string) =>
    (await base.db.select().from(photos).where(eq(photos.id, photoId)))[0]?.bibs;
  return { base, owner: withActor(base, actor), system, event, engine, read, bibsOf };
}

test('a start list that comes late judges what was read before, and opens no photo', async () => {
  const { base, owner, event, engine, read, bibsOf } = await openEvent();
  const photoId = await read(bibReadOf('101'));
  expect(await bibsOf(photoId)).toEqual(['101']);
  await importStartList(owner, { eventId: event.id, bytes: Buffer.from('Dossard;Nom\n202;Zoé\n303;Max\n') });
  await runJobs(base, ingestJobs as never);
  expect(await bibsOf(photoId)).toEqual([]);
  const tags = await base.db.select().from(attributions).where(eq(attributions.photoId, photoId));
  expect(tags.flatMap(({ evidence }) => evidence.map(({ kind }) => kind))).toContain('start-list');
  expect(engine.asked).toHaveLength(1);
});

test('a person’s word outlives the judgement', async () => {
  const { base, owner, event, read, bibsOf } = await openEvent();
  const photoId = await read(bibReadOf('101'));
  await base.db.delete(attributions).where(eq(attributions.photoId, photoId));
  const tag = { photoId, eventId: event.id, bib: '101', decision: 'confirmed' as const };
  await makeAttribution(base, tag);
  await importStartList(owner, { eventId: event.id, bytes: Buffer.from('Dossard;Nom\n202;Zoé\n') });
  await runJobs(base, ingestJobs as never);
  expect(await bibsOf(photoId)).toEqual(['101']);
});

test('bibs that look like no other of the event are doubted when the last photo is read', async () => {
  const { system, event, read, bibsOf } = await openEvent();
  for (let bib = 100; bib < 125; bib += 1) await read(plated(String(bib), red));
  const banner = await read(plated('777', green, { confidence: 0.93 }));
  expect(await bibsOf(banner)).toEqual(['777']);
  expect(await judgeEvent(system, { eventId: event.id, why: 'photos' })).toBeGreaterThan(0);
  expect(await bibsOf(banner)).toEqual([]);
  expect(await judgeEvent(system, { eventId: event.id, why: 'photos' })).toBe(0);
});

test('the judgement waits for the last photo', async () => {
  const { base, system, event, read, bibsOf } = await openEvent();
  for (let bib = 100; bib < 125; bib += 1) await read(plated(String(bib), red));
  const banner = await read(plated('777', green, { confidence: 0.93 }));
  await makePhoto(base, { eventId: event.id, state: 'received' });
  expect(await judgeEvent(system, { eventId: event.id, why: 'photos' })).toBe(0);
  expect(await bibsOf(banner)).toEqual(['777']);
});

test('reads keep what they were judged from', async () => {
  const { base, system, event, read } = await openEvent();
  for (let bib = 100; bib < 125; bib += 1) await read(plated(String(bib), red));
  const banner = await read(plated('777', green, { confidence: 0.93 }));
  await judgeEvent(system, { eventId: event.id, why: 'photos' });
  const [row] = await base.db.select().from(bibReads).where(eq(bibReads.photoId, banner));
  expect(row?.plain).toMatchObject({ bib: '777', confidence: 0.93 });
});

test('one more runner has only the photos judged and weighed again that may show this runner', async () => {
  const { base, owner, event, read, bibsOf } = await openEvent();
  const list = (...more: string[]) =>
    Buffer.from(
      ['Dossard;Nom', ...Array.from({ length: 30 }, (_, at) => `${100 + at};R${at}`), ...more].join('\n'),
    );
  await importStartList(owner, { eventId: event.id, bytes: list() });
  const [exact, near, piece] = [
    await read(bibReadOf('729')),
    await read(bibReadOf('720')),
    await read(cut('29')),
  ];
  const other = await read(bibReadOf('110'));
  // Of no burst: a neighbour would be weighed with them.
  await base.db.update(photos).set({ takenAt: null }).where(eq(photos.eventId, event.id));
  const everything = [...ingestJobs, ...matchingJobs] as never;
  await runJobs(base, everything);
  const before = await base.db.select().from(attributions).where(eq(attributions.photoId, other));
  expect([await bibsOf(exact), await bibsOf(other)]).toEqual([[], ['110']]);
  base.clock.advance(60);
  await importStartList(owner, { eventId: event.id, bytes: list('729;Zoé') });
  await runJobs(base, ingestJobs as never);
  const marked = await base.db.select().from(photosToWeigh).where(eq(photosToWeigh.eventId, event.id));
  expect(marked.map(({ photoId }) => photoId).sort()).toEqual([exact, near, piece].sort());
  await runJobs(base, everything);
  expect(await bibsOf(exact)).toEqual(['729']);
  expect(await base.db.select().from(attributions).where(eq(attributions.photoId, other))).toEqual(before);
  await importStartList(owner, { eventId: event.id, bytes: list('729;Zoë') });
  expect(base.queue.named('judge-event')).toEqual([]);
});
