import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { photos } from '#domain/photos/tables.ts';
import { bibReadOf, newFakeEngine } from '../../../tests/doubles/fake-engine.ts';
import { runJobs } from '../../../tests/doubles/memory-queue.ts';
import { makeEvent, makePhoto, makePro } from '../../../tests/factories.ts';
import { createTestContext, testConfig } from '../../../tests/harness.ts';
import { getRereading } from './get-rereading.ts';
import { ingestJobs } from './jobs.ts';
import { currentVersions } from './reading-parts.ts';
import { reprocessEvent } from './reprocess-event.ts';
import { reprocessOlder } from './reprocess-older.ts';

/** An event with a photo of today's engine and two of an older one, and a failed one. */
async function eventOfAges() {
  const engine = newFakeEngine(() => ({
    bibs: [bibReadOf('101')],
    engine: { name: 'test', version: today },
  }));
  const base = await createTestContext({ engine });
  const { organisation, actor } = await makePro(base);
  const event = await makeEvent(base, { organisationId: organisation.id });
  const today = currentVersions(event, testConfig(), base.clock.now()).lite;
  const add = async (row: Partial<typeof photos.$inferInsert>) => {
    const photo = await makePhoto(base, { eventId: event.id, ...row });
    await base.storage.put(photo.originalKey, Buffer.from('bytes'), 'image/jpeg');
    return photo;
  };
  const current = await add({ engineVersion: today });
  const older = [await add({ engineVersion: 'bibs:older' }), await add({ engineVersion: null })];
  const failed = await add({ state: 'failed' });
  return { base, owner: withActor(base, actor), event, today, engine, current, older, failed };
}

test('photos of an older engine are counted, read again once, and counted no more', async () => {
  const { base, owner, event, today, engine, current, older } = await eventOfAges();
  expect(await getRereading(owner, { eventId: event.id })).toEqual({ older: 2, waiting: 0 });
  expect(await reprocessEvent(owner, { eventId: event.id, which: 'older' })).toBe(2);
  expect(await reprocessEvent(owner, { eventId: event.id, which: 'older' })).toBe(0);
  expect(await getRereading(owner, { eventId: event.id })).toEqual({ older: 0, waiting: 2 });
  await runJobs(base, ingestJobs as never);
  expect(engine.asked).toHaveLength(2);
  expect(await getRereading(owner, { eventId: event.id })).toEqual({ older: 0, waiting: 0 });
  const rows = await base.db.select().from(photos).where(eq(photos.eventId, event.id));
  for (const { id } of [current, ...older])
    expect(rows.find((row) => row.id === id)?.engineVersion).toBe(today);
});

test('rereading waits behind all other work', async () => {
  const { base, owner, event } = await eventOfAges();
  await reprocessEvent(owner, { eventId: event.id, which: 'older' });
  await runJobs(base, ingestJobs.filter(({ name }) => name === 'queue-rereadings') as never);
  const jobs = base.queue.named('recognise-photo');
  expect(jobs).toHaveLength(2);
  expect(jobs.every((job) => job.options.background === true)).toBe(true);
});

test('a photo that cannot be read again stays as it was, and waits no more', async () => {
  const { base, owner, event, older } = await eventOfAges();
  await reprocessEvent(owner, { eventId: event.id, which: 'older' });
  const system = withActor(base, { kind: 'system', name: 'test' });
  const job = ingestJobs.find(({ name }) => name === 'recognise-photo');
  for (const { id } of older) await job?.onDead?.(system, { photoId: id } as never, { message: 'crashed' });
  expect(await getRereading(owner, { eventId: event.id })).toEqual({ older: 2, waiting: 0 });
});

test('all of an event is its ready and its failed photos', async () => {
  const { owner, event } = await eventOfAges();
  expect(await reprocessEvent(owner, { eventId: event.id })).toBe(4);
});

test('everything older is for operators and commands, and leaves archived events alone', async () => {
  const { base, owner, event } = await eventOfAges();
  const archived = await makeEvent(base, { status: 'archived' });
  await makePhoto(base, { eventId: archived.id, engineVersion: 'bibs:older' });
  await expect(reprocessOlder(owner)).rejects.toMatchObject({ code: 'forbidden' });
  const system = withActor(base, { kind: 'system', name: 'reprocess' });
  await reprocessOlder(system);
  expect((await getRereading(owner, { eventId: event.id })).waiting).toBe(2);
  expect((await getRereading(system, { eventId: archived.id })).waiting).toBe(0);
});

test('other people’s events are not there', async () => {
  const { base, event } = await eventOfAges();
  const stranger = withActor(base, (await makePro(base)).actor);
  for (const ask of [getRereading, reprocessEvent])
    await expect(ask(stranger, { eventId: event.id })).rejects.toMatchObject({ code: 'not-found' });
});
