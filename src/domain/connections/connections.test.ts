import { createServer, type RequestListener } from 'node:http';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { countStartList, listStartList } from '#domain/timing/list-start-list.ts';
import { makeEvent, makePro } from '../../../tests/factories.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { acceptFetched } from './accept-fetched.ts';
import type { ConnectionInput } from './connection.ts';
import { fetchConnection } from './fetch-connection.ts';
import { fetchScheduled, queueScheduled } from './fetch-scheduled.ts';
import { listConnections } from './list-connections.ts';
import { previewFetched } from './preview-fetched.ts';
import { leaveFetched, removeConnection, scheduleConnection } from './remove-connection.ts';
import { saveConnection } from './save-connection.ts';
import { connections, fetchedFiles } from './tables.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server of this machine; its `host:port`. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return `127.0.0.1:${address.port}`;
}

const KEY = 'njk-0123456789-a1b2';

interface Registration {
  id: number;
  [field: string]: unknown;
}

/** Njuko as its open-source app speaks with it: pages by `from`, the edition and the key in headers. */
function njuko(registrations: Registration[], asked: string[] = []): RequestListener {
  return (request, response) => {
    const answer = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body));
    if (request.headers.authorization !== KEY || request.headers.edition !== '77') return answer(401, {});
    asked.push(`${request.method} ${request.url}`);
    if (request.url === '/api-registrations/competition') {
      return answer(200, { id: 77, name: 'Crêtes', competitions: [{ id: 5, name: '10 km', sport: {} }] });
    }
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { from } = JSON.parse(text);
      // Fewer than asked for, as a server with its own bound gives.
      const results = registrations.slice(from, from + 2);
      answer(200, { resultsSize: results.length, totalHits: registrations.length, results });
    });
  };
}

const runner = (id: number, code: string | null, more: object = {}): Registration => ({
  id,
  ...{
    competition_id: 5,
    status: 0,
    isRegistered: true,
    paymentStatus: 0,
    gender: 'female',
    birthdate: '19900203',
  },
  ...{
    firstname: `Anne${id}`,
    lastname: 'Durand',
    email: 'a@example.org',
    amount: 1200,
    bibRetrieved: false,
  },
  bib: code === null ? null : { id: 1, code },
  ...more,
});

let base: TestContext;
let organisationId: string;
let eventId: string;
let pro: TestContext;

/** The pro of this test, on a server that may fetch from these hosts of its own. */
function reaching(hosts: string[], more: Partial<TestContext['config']> = {}): TestContext {
  return { ...pro, config: { ...base.config, connectionHosts: hosts, ...more } };
}

beforeEach(async () => {
  base = await createTestContext();
  const { actor, organisation } = await makePro(base);
  organisationId = organisation.id;
  eventId = (await makeEvent(base, { organisationId })).id;
  pro = { ...base, actor };
});

const bibs = async () => (await listStartList(pro, { eventId, limit: 20 })).runners.map(({ bib }) => bib);

async function connect(ctx: TestContext, input: Omit<ConnectionInput, 'eventId'> & Record<string, unknown>) {
  // Each call names the fields of its own kind.
  return (await saveConnection(ctx, { eventId, ...input } as ConnectionInput)).connectionId;
}

test('Njuko: every page is fetched, who runs is previewed, and comes in when it is accepted, not before', async () => {
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
  const host = await serve(njuko(registrations, asked));
  const ctx = reaching([host], { njukoUrl: `http://${host}` });
  const connectionId = await connect(ctx, { kind: 'njuko', editionId: '77', apiKey: KEY });
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
  const seen: (string | undefined)[] = [];
  let list = 'numero_x;nom\n1;Petit\n2;Grand';
  const files = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(200, { 'content-type': 'text/csv' }).end(list);
  });
  const front = await serve((request, response) => {
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
  const host = await serve((request, response) => {
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

test('what a source answers instead of a list is told in words, kept with the connection, and changes no list', async () => {
  const answers: [RequestListener, string][] = [
    [(_request, response) => response.writeHead(401).end(), 'connections.keyRefused'],
    [(_request, response) => response.writeHead(403).end(), 'connections.keyRefused'],
    [(_request, response) => response.writeHead(404).end(), 'connections.notThere'],
    [(_request, response) => response.writeHead(429).end(), 'connections.busy'],
    [(_request, response) => response.writeHead(500).end('bib;nom\n1;Petit'), 'connections.sourceFails'],
    [
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
      'connections.webPage',
    ],
    [(_request, response) => response.end('\n<!DOCTYPE html><title>Connexion'), 'connections.webPage'],
    [
      (_request, response) => response.writeHead(200, { 'content-length': '1000000000' }).write('bib'),
      'connections.tooLarge',
    ],
    [(request) => request.socket.destroy(), 'connections.notReached'],
    [
      (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
      'connections.notReached',
    ],
    [(_request, response) => response.end(), 'timing.fileEmpty'],
  ];
  let current = answers[0]?.[0];
  const host = await serve((request, response) => current?.(request, response));
  const ctx = reaching([host], { njukoUrl: `http://${host}` });
  const connectionId = await connect(ctx, { kind: 'list', address: `http://${host}/list.csv` });
  for (const [answer, key] of answers) {
    current = answer;
    await expect(fetchConnection(ctx, { connectionId }), key).rejects.toMatchObject({ public: { key } });
    expect(await listConnections(pro, { eventId })).toMatchObject([{ lastFailure: { key }, waiting: null }]);
  }
  current = (_request, response) => response.end('{"results": 1}');
  const njukoId = await connect(ctx, { kind: 'njuko', editionId: '77', apiKey: KEY });
  await expect(fetchConnection(ctx, { connectionId: njukoId })).rejects.toMatchObject({
    public: { key: 'connections.oddAnswer' },
  });
  expect(await countStartList(pro, { eventId })).toBe(0);
});

test.each([
  'http://127.0.0.1/',
  'https://127.1/',
  'https://[::ffff:7f00:1]/',
  'https://a:b@list.example/',
  'https://list.example:22/',
  'file:///etc/passwd',
])('SSRF-01: a connection to %s is not kept', async (address) => {
  const kept = connect(pro, { kind: 'list', address });
  await expect(kept).rejects.toMatchObject({
    code: 'bad-input',
    public: { key: 'connections.addressRefused' },
  });
  expect(await listConnections(pro, { eventId })).toEqual([]);
});

test('SSRF-01: a name of this machine is kept as any other, and reaches nothing', async () => {
  let reached = 0;
  await serve(() => {
    reached += 1;
  });
  const connectionId = await connect(pro, { kind: 'passages', address: 'https://localhost/list' });
  await expect(fetchConnection(pro, { connectionId })).rejects.toMatchObject({
    public: { key: 'connections.notReached' },
  });
  expect(reached).toBe(0);
});

test('a key is kept sealed, shown by its end alone, opens after the secret changed, and not without the old one', async () => {
  const host = await serve(njuko([runner(1, '101')]));
  const ctx = reaching([host], { njukoUrl: `http://${host}` });
  const connectionId = await connect(ctx, { kind: 'njuko', editionId: '77', apiKey: KEY });
  const stored = async () =>
    (await pro.db.select().from(connections).where(eq(connections.id, connectionId)))[0];
  expect(JSON.stringify(await stored())).not.toContain(KEY.slice(0, 12));
  const listed = await listConnections(pro, { eventId });
  expect(listed).toMatchObject([{ shown: '77', secretEnd: 'a1b2' }]);
  expect(JSON.stringify(listed)).not.toContain(KEY.slice(0, 12));
  const changed = { njukoUrl: `http://${host}`, authSecret: 'another-secret-of-0123456789-abcdef' };
  const forgetful = reaching([host], changed);
  await expect(fetchConnection(forgetful, { connectionId })).rejects.toMatchObject({
    public: { key: 'connections.keyLost' },
  });
  const careful = reaching([host], { ...changed, authSecretBefore: base.config.authSecret });
  expect(await fetchConnection(careful, { connectionId })).toMatchObject({ state: 'fetched' });
  expect(await fetchConnection(forgetful, { connectionId })).toMatchObject({ state: 'fetched' });
  expect(JSON.stringify(base.log.lines)).not.toContain(KEY.slice(0, 12));
});

test('by the clock a connection is fetched until a day after the start; changes wait, and are told once', async () => {
  let list = 'bib;nom\n1;Petit';
  const host = await serve((_request, response) => response.end(list));
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
  const connectionId = await connect(pro, { kind: 'njuko', editionId: '77', apiKey: KEY });
  const other = { ...pro, actor: (await makePro(base)).actor };
  const absent = { code: 'not-found' };
  await expect(listConnections(other, { eventId })).rejects.toMatchObject(absent);
  await expect(
    saveConnection(other, { eventId, kind: 'njuko', editionId: '7', apiKey: KEY }),
  ).rejects.toMatchObject(absent);
  for (const act of [fetchConnection, previewFetched, leaveFetched, removeConnection]) {
    await expect(act(other, { connectionId })).rejects.toMatchObject(absent);
  }
  await expect(acceptFetched(other, { connectionId, sha256: '' })).rejects.toMatchObject(absent);
  await expect(scheduleConnection(other, { connectionId, isScheduled: true })).rejects.toMatchObject(absent);
  for (let index = 0; index < 4; index += 1)
    await connect(pro, { kind: 'njuko', editionId: '77', apiKey: KEY });
  await expect(connect(pro, { kind: 'njuko', editionId: '77', apiKey: KEY })).rejects.toMatchObject({
    code: 'conflict',
  });
  await removeConnection(pro, { connectionId });
  expect(await listConnections(pro, { eventId })).toHaveLength(4);
});
