import type { RequestListener } from 'node:http';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { countStartList } from '#domain/timing/list-start-list.ts';
import { NJUKO_KEY, njuko, openConnections, runner } from '../../../tests/connection-stage.ts';
import { openWebSource } from '../../../tests/doubles/web-source.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { fetchConnection } from './fetch-connection.ts';
import { listConnections } from './list-connections.ts';
import { connections } from './tables.ts';

test('what a source answers instead of a list is told in words, kept with the connection, and changes no list', async () => {
  const { eventId, pro, reaching, connect } = await openConnections(await createTestContext());
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
  const host = await openWebSource((request, response) => current?.(request, response));
  const ctx = reaching([host], { njukoUrl: `http://${host}` });
  const connectionId = await connect(ctx, { kind: 'list', address: `http://${host}/list.csv` });
  for (const [answer, key] of answers) {
    current = answer;
    await expect(fetchConnection(ctx, { connectionId }), key).rejects.toMatchObject({ public: { key } });
    expect(await listConnections(pro, { eventId })).toMatchObject([{ lastFailure: { key }, waiting: null }]);
  }
  current = (_request, response) => response.end('{"results": 1}');
  const njukoId = await connect(ctx, { kind: 'njuko', editionId: '77', apiKey: NJUKO_KEY });
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
  const { eventId, pro, connect } = await openConnections(await createTestContext());
  const kept = connect(pro, { kind: 'list', address });
  await expect(kept).rejects.toMatchObject({
    code: 'bad-input',
    public: { key: 'connections.addressRefused' },
  });
  expect(await listConnections(pro, { eventId })).toEqual([]);
});

test('SSRF-01: a name of this machine is kept as any other, and reaches nothing', async () => {
  const { pro, connect } = await openConnections(await createTestContext());
  let reached = 0;
  await openWebSource(() => {
    reached += 1;
  });
  const connectionId = await connect(pro, { kind: 'passages', address: 'https://localhost/list' });
  await expect(fetchConnection(pro, { connectionId })).rejects.toMatchObject({
    public: { key: 'connections.notReached' },
  });
  expect(reached).toBe(0);
});

test('a key is kept sealed, shown by its end alone, opens after the secret changed, and not without the old one', async () => {
  const base = await createTestContext();
  const { eventId, pro, reaching, connect } = await openConnections(base);
  const host = await openWebSource(njuko([runner(1, '101')]));
  const ctx = reaching([host], { njukoUrl: `http://${host}` });
  const connectionId = await connect(ctx, { kind: 'njuko', editionId: '77', apiKey: NJUKO_KEY });
  const stored = async () =>
    (await pro.db.select().from(connections).where(eq(connections.id, connectionId)))[0];
  expect(JSON.stringify(await stored())).not.toContain(NJUKO_KEY.slice(0, 12));
  const listed = await listConnections(pro, { eventId });
  expect(listed).toMatchObject([{ shown: '77', secretEnd: 'a1b2' }]);
  expect(JSON.stringify(listed)).not.toContain(NJUKO_KEY.slice(0, 12));
  const changed = { njukoUrl: `http://${host}`, authSecret: 'another-secret-of-0123456789-abcdef' };
  const forgetful = reaching([host], changed);
  await expect(fetchConnection(forgetful, { connectionId })).rejects.toMatchObject({
    public: { key: 'connections.keyLost' },
  });
  const careful = reaching([host], { ...changed, authSecretBefore: base.config.authSecret });
  expect(await fetchConnection(careful, { connectionId })).toMatchObject({ state: 'fetched' });
  expect(await fetchConnection(forgetful, { connectionId })).toMatchObject({ state: 'fetched' });
  expect(JSON.stringify(base.log.lines)).not.toContain(NJUKO_KEY.slice(0, 12));
});
