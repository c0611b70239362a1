import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { countStartList } from '#domain/timing/list-start-list.ts';
import { NJUKO_KEY, njuko, openConnections, runner } from '../../../tests/connection-stage.ts';
import { openWebSource } from '../../../tests/doubles/web-source.ts';
import { makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { acceptFetched } from './accept-fetched.ts';
import { fetchConnection } from './fetch-connection.ts';
import { fetchScheduled, queueScheduled } from './fetch-scheduled.ts';
import { listConnections } from './list-connections.ts';
import { previewFetched } from './preview-fetched.ts';
import { leaveFetched, removeConnection, scheduleConnection } from './remove-connection.ts';
import { saveConnection } from './save-connection.ts';
import { fetchedFiles } from './tables.ts';

test('Njuko: every page is fetched, who runs is previewed, and comes in when it is accepted, not before', async () => {
  const { eventId, pro, reaching, bibs, connect } = await openConnections(await createTestContext());
  const asked: string[] = [];
  const registrations = [
    runner(1, '101'),
    runner(2, '102', { paymentStatus: 1 }),
    runner(3, '103', { status: 2 }),
    runner(4, '104', { paymentStatus: 1, bibRetrieved: true }),
    runner(5, null),
    runner(6, 'A7', { isRegistered: false }),
    runner(7, '107', { firstname: 'Zoé "la"', lastname: 'Le, Roux', gender: 'male' }),
  ];
  const host = await openWebSource(njuko(registrations, asked));
  const ctx = reaching([host], { njukoUrl: `http://${host}` });
  const connectionId = await connect(ctx, { kind: 'njuko', editionId: '77', apiKey: NJUKO_KEY });
  const outcome = await fetchConnection(ctx, { connectionId });
  expect(outcome).toMatchObject({
    state: 'fetched',
    leftOut: 4,
    preview: { preview: { added: 3, newRaces: ['10 km'], errorCount: 0 } },
  });
  expect(asked).toEqual([
    'GET /api-registrations/competition',
    ...Array(4).fill('POST /api-registrations/registrations'),
  ]);
  expect(await countStartList(pro, { eventId })).toBe(0);
  const [file] = await pro.db.select().from(fetchedFiles).where(eq(fetchedFiles.connectionId, connectionId));
  expect(Buffer.from(file?.bytes ?? []).toString()).not.toMatch(/example\.org|1200/u);
  const { sha256 } = await previewFetched(ctx, { connectionId });
  expect(await acceptFetched(ctx, { connectionId, sha256 })).toMatchObject({
    added: 3,
    removed: 0,
    skipped: 0,
  });
  expect(await bibs()).toEqual(['101', '104', '107']);
  expect(await fetchConnection(ctx, { connectionId })).toMatchObject({ state: 'same', leftOut: 4 });
  expect(await listConnections(pro, { eventId })).toMatchObject([{ waiting: null, lastFailure: null }]);
});

test('an address: a redirect is followed, the token goes to the first host alone, columns can be chosen, nothing is removed unasked', async () => {
  const { reaching, bibs, connect } = await openConnections(await createTestContext());
  const seen: (string | undefined)[] = [];
  let list = 'numero_x;nom\n1;Petit\n2;Grand';
  const files = await openWebSource((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(200, { 'content-type': 'text/csv' }).end(list);
  });
  const front = await openWebSource((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(302, { location: `http://${files}/export.csv` }).end();
  });
  const ctx = reaching([front, files]);
  const connectionId = await connect(ctx, {
    kind: 'list',
    address: `http://${front}/e/secret-path-c3d4`,
    token: 'token-0123-e5f6',
  });
  expect(await fetchConnection(ctx, { connectionId })).toMatchObject({
    state: 'fetched',
    preview: { isReadable: false },
  });
  expect(seen).toEqual(['Bearer token-0123-e5f6', undefined]);
  const mapping = ['bib' as const, 'lastName' as const];
  const looked = await previewFetched(ctx, { connectionId, mapping });
  expect(looked).toMatchObject({ isReadable: true, preview: { added: 2 } });
  await acceptFetched(ctx, { connectionId, sha256: looked.sha256, mapping });
  list = 'numero_x;nom\n1;Petit';
  const second = await fetchConnection(ctx, { connectionId });
  expect(second).toMatchObject({ state: 'fetched', preview: { preview: { missing: 1 } } });
  if (second.state !== 'fetched') return;
  list = 'numero_x;nom\n1;Petit\n3;Roux';
  await fetchConnection(ctx, { connectionId });
  const stale = acceptFetched(ctx, { connectionId, sha256: second.sha256 });
  await expect(stale).rejects.toMatchObject({ code: 'conflict', public: { key: 'connections.fetchedAnew' } });
  const { sha256 } = await previewFetched(ctx, { connectionId });
  expect(await acceptFetched(ctx, { connectionId, sha256 })).toMatchObject({ added: 1, removed: 0 });
  expect(await bibs()).toEqual(['1', '2', '3']);
});

test('KMS: a file in the way of Windows; passages: a simple address of RACE RESULT', async () => {
  const { reaching, connect } = await openConnections(await createTestContext());
  const host = await openWebSource((request, response) => {
    if (request.url === '/kms') response.end(Buffer.from('Dossard;Nom;Prénom\r\n7;Noël;Élodie', 'latin1'));
    else response.end(JSON.stringify([{ BIB: '7', Finish: '2026-06-14 12:01:02' }]));
  });
  const ctx = reaching([host]);
  const kms = await connect(ctx, { kind: 'kms', address: `http://${host}/kms` });
  const timing = await connect(ctx, { kind: 'passages', address: `http://${host}/passages` });
  expect(await fetchConnection(ctx, { connectionId: kms })).toMatchObject({
    preview: {
      of: 'list',
      preview: { encoding: 'windows-1252', examples: { added: [{ bib: '7', name: 'Élodie Noël' }] } },
    },
  });
  expect(await fetchConnection(ctx, { connectionId: timing })).toMatchObject({
    preview: { of: 'passages', preview: { added: 1, format: 'race-result' } },
  });
  const { sha256 } = await previewFetched(ctx, { connectionId: timing });
  expect(await acceptFetched(ctx, { connectionId: timing, sha256 })).toMatchObject({ added: 1 });
});

test('by the clock a connection is fetched until a day after the start; changes wait, and are told once', async () => {
  const base = await createTestContext();
  const { eventId, pro, reaching, connect } = await openConnections(base);
  let list = 'bib;nom\n1;Petit';
  const host = await openWebSource((_request, response) => response.end(list));
  const ctx = reaching([host]);
  const system = withActor(ctx, { kind: 'system', name: 'test' });
  const connectionId = await connect(ctx, { kind: 'list', address: `http://${host}/`, isScheduled: true });
  await connect(ctx, { kind: 'list', address: `http://${host}/other` });
  expect(await queueScheduled(system)).toBe(1);
  expect(base.queue.named('fetch-connection')).toMatchObject([{ data: { connectionId } }]);
  const mails = async () =>
    (await base.mail.listOutbox({ limit: 10 })).filter(({ kind }) => kind === 'connection-fetched');
  await fetchScheduled(system, { connectionId });
  list = 'bib;nom\n1;Petit\n2;Grand';
  await fetchScheduled(system, { connectionId });
  expect(await mails()).toHaveLength(1);
  expect(await listConnections(pro, { eventId })).toMatchObject([{ waiting: { added: 2 } }, {}]);
  expect(await countStartList(pro, { eventId })).toBe(0);
  await leaveFetched(ctx, { connectionId });
  await expect(previewFetched(ctx, { connectionId })).rejects.toMatchObject({ code: 'not-found' });
  await scheduleConnection(ctx, { connectionId, isScheduled: false });
  expect(await queueScheduled(system)).toBe(0);
  await scheduleConnection(ctx, { connectionId, isScheduled: true });
  base.clock.advance(25 * 3600);
  expect(await queueScheduled(system)).toBe(0);
  await expect(queueScheduled(ctx)).rejects.toMatchObject({ code: 'forbidden' });
});

test('another organisation neither sees, fetches, accepts, changes nor removes a connection; an event has five at most', async () => {
  const base = await createTestContext();
  const { eventId, pro, connect } = await openConnections(base);
  const connectionId = await connect(pro, { kind: 'njuko', editionId: '77', apiKey: NJUKO_KEY });
  const other = { ...pro, actor: (await makePro(base)).actor };
  const absent = { code: 'not-found' };
  await expect(listConnections(other, { eventId })).rejects.toMatchObject(absent);
  await expect(
    saveConnection(other, { eventId, kind: 'njuko', editionId: '7', apiKey: NJUKO_KEY }),
  ).rejects.toMatchObject(absent);
  for (const act of [fetchConnection, previewFetched, leaveFetched, removeConnection]) {
    await expect(act(other, { connectionId })).rejects.toMatchObject(absent);
  }
  await expect(acceptFetched(other, { connectionId, sha256: '' })).rejects.toMatchObject(absent);
  await expect(scheduleConnection(other, { connectionId, isScheduled: true })).rejects.toMatchObject(absent);
  for (let index = 0; index < 4; index += 1)
    await connect(pro, { kind: 'njuko', editionId: '77', apiKey: NJUKO_KEY });
  await expect(connect(pro, { kind: 'njuko', editionId: '77', apiKey: NJUKO_KEY })).rejects.toMatchObject({
    code: 'conflict',
  });
  await removeConnection(pro, { connectionId });
  expect(await listConnections(pro, { eventId })).toHaveLength(4);
});
