import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { events } from '#domain/events/tables.ts';
import { setPublishThreshold } from '#domain/matching/set-publish-threshold.ts';
import { makeEvent, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { fetchConnection } from './fetch-connection.ts';
import { listConnections } from './list-connections.ts';
import { leaveFetched, removeConnection, scheduleConnection } from './remove-connection.ts';
import { saveConnection } from './save-connection.ts';

/** Of this machine: reached by nobody. */
const NOWHERE = 'https://localhost/list';

async function openPro() {
  const base = await createTestContext();
  const { actor, organisation } = await makePro(base);
  const pro = { ...base, actor };
  const eventId = (await makeEvent(base, { organisationId: organisation.id })).id;
  return { base, pro, organisationId: organisation.id, eventId };
}

test('an organisation fetches twenty times in ten minutes, whatever it connects', async () => {
  const { base, pro, organisationId, eventId } = await openPro();
  const elsewhere = (await makeEvent(base, { organisationId })).id;
  const connect = (id: string) => saveConnection(pro, { eventId: id, kind: 'list', address: NOWHERE });
  const [first, second] = [await connect(eventId), await connect(elsewhere)];
  for (let count = 0; count < 20; count += 1)
    await expect(fetchConnection(pro, first)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(fetchConnection(pro, second)).rejects.toMatchObject({ code: 'rate-limited' });
});

test('a connection of another organisation looks as one that is not there', async () => {
  const { base, pro, eventId } = await openPro();
  const connection = await saveConnection(pro, { eventId, kind: 'list', address: NOWHERE });
  const other = { ...base, actor: (await makePro(base)).actor };
  for (const asked of [connection, { connectionId: base.random.id() }, { connectionId: 'x' }]) {
    const found = removeConnection(other, asked);
    const absent = { code: 'not-found', public: { key: 'connections.notFound' } };
    await expect(found).rejects.toMatchObject(absent);
  }
});

test('an archived event keeps its connections and its threshold', async () => {
  const { pro, eventId } = await openPro();
  const connection = await saveConnection(pro, { eventId, kind: 'list', address: NOWHERE });
  await pro.db.update(events).set({ status: 'archived' }).where(eq(events.id, eventId));
  const refused = { code: 'conflict', public: { key: 'events.archived' } };
  await expect(removeConnection(pro, connection)).rejects.toMatchObject(refused);
  await expect(leaveFetched(pro, connection)).rejects.toMatchObject(refused);
  await expect(scheduleConnection(pro, { ...connection, isScheduled: true })).rejects.toMatchObject(refused);
  await expect(setPublishThreshold(pro, { eventId, publishThreshold: 0.7 })).rejects.toMatchObject(refused);
});

test('the end of a short key is not shown', async () => {
  const { pro, eventId } = await openPro();
  for (const apiKey of ['k'.repeat(15), `${'k'.repeat(12)}last`])
    await saveConnection(pro, { eventId, kind: 'njuko', editionId: '77', apiKey });
  const listed = await listConnections(pro, { eventId });
  expect(listed.map(({ secretEnd }) => secretEnd).toSorted()).toEqual(['', 'last']);
});
