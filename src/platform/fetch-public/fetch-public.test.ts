import { existsSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { openWebSource } from '../../../tests/doubles/web-source.ts';
import { type FetchRules, fetchPublic, type PublicRequest } from './fetch-public.ts';
import { isPublicAddress } from './public-address.ts';
import { checkUrl } from './public-url.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const get = (url: string, rules: FetchRules, more: Partial<PublicRequest> = {}) =>
  fetchPublic({ url, maxBytes: 100_000, timeoutMs: 5000, ...more }, rules);

const loopback = async () => [{ address: '127.0.0.1', family: 4 }];

test.each([
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '192.0.0.1',
  '192.0.2.1',
  '192.168.0.1',
  '198.18.0.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%lo',
  'fec0::1',
  'ff02::1',
  '',
  'localhost',
])('SSRF-01: %s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['8.8.8.8', '92.222.1.1', '::ffff:8.8.8.8', '2606:4700::1111', '2a01:e0a::1'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each([
  'http://list.example/',
  'https://user:key@list.example/',
  'https://list.example:22/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://017700000001/',
  'https://①②⑦.⓪.⓪.①/',
  'https://127。0。0。1/',
  'https://[::ffff:127.0.0.1]/',
  'https://[fd00:ec2::254]/',
  'https://list.example@127.0.0.1/',
  'ftp://list.example/',
  'file:///etc/passwd',
  'data:text/csv,bib',
  'javascript:alert(1)',
  '//127.0.0.1/',
  'https://',
  '',
])('SSRF-01: the address %s is refused before anything is resolved', async (url) => {
  const resolved: string[] = [];
  const resolve = (host: string) => {
    resolved.push(host);
    return loopback();
  };
  await expect(get(url, { ownHosts: [], resolve })).rejects.toMatchObject({ reason: 'address' });
  expect(resolved).toEqual([]);
});

test('SSRF-01: a name that resolves to this machine reaches no listener, also beside a public address', async () => {
  let connections = 0;
  const server = createTcpServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  closers.push(() => server.close());
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const both = async () => [{ address: '8.8.8.8', family: 4 }, ...(await loopback())];
  for (const resolve of [loopback, both]) {
    const answer = get('https://rebound.example/list', { ownHosts: [], resolve });
    await expect(answer).rejects.toMatchObject({ reason: 'address' });
  }
  expect(connections).toBe(0);
});

test('SSRF-01: a name is resolved once for a connection, so that a second answer is never asked for', async () => {
  const answers = [await loopback(), [{ address: '10.0.0.1', family: 4 }]];
  let asked = 0;
  const own = await openWebSource((_request, response) => response.end('bib'));
  const port = own.split(':')[1];
  const rules = { ownHosts: [`box.example:${port}`], resolve: async () => answers[asked++] ?? [] };
  expect((await get(`http://box.example:${port}/`, rules)).bytes.toString()).toBe('bib');
  expect(asked).toBe(1);
});

test('SSRF-01: where a redirect leads is checked again, by address and by what its name resolves to', async () => {
  let inside = 0;
  const secret = await openWebSource((_request, response) => {
    inside += 1;
    response.end('secret');
  });
  for (const location of [
    `http://${secret}/`,
    'https://169.254.169.254/latest',
    'https://rebound.example/',
    '//[::1]/',
  ]) {
    const own = await openWebSource((_request, response) => response.writeHead(302, { location }).end());
    const answer = get(`http://${own}/`, { ownHosts: [own], resolve: loopback });
    await expect(answer).rejects.toMatchObject({ reason: 'address' });
  }
  expect(inside).toBe(0);
});

test('three redirects are followed and no more; a key does not go with them', async () => {
  const seen: (string | undefined)[] = [];
  const last = await openWebSource((request, response) => {
    seen.push(request.headers.authorization);
    response.end('bib');
  });
  const first = await openWebSource((request, response) => {
    seen.push(request.headers.authorization);
    const hop = Number(request.url?.slice(1));
    const location = hop < 3 ? `/${hop + 1}` : `http://${last}/`;
    response.writeHead(302, { location, 'set-cookie': 'a=1' }).end();
  });
  const rules = { ownHosts: [first, last] };
  const secretHeaders = { authorization: 'key' };
  const answer = await get(`http://${first}/1`, rules, { secretHeaders });
  expect(answer).toMatchObject({ status: 200, bytes: Buffer.from('bib') });
  expect(seen).toEqual(['key', 'key', 'key', undefined]);
  await expect(get(`http://${first}/0`, rules)).rejects.toMatchObject({ reason: 'redirects' });
});

test('an answer too large is left: said, sent without an end, or unpacked from little', async () => {
  const listeners: RequestListener[] = [
    (_request, response) => response.writeHead(200, { 'content-length': '1000000000' }).write('bib'),
    (_request, response) => {
      const more = () => response.write(Buffer.alloc(65_536, 'a')) && setImmediate(more);
      response.on('drain', more);
      more();
    },
    (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
  ];
  for (const listener of listeners) {
    const own = await openWebSource(listener);
    await expect(get(`http://${own}/`, { ownHosts: [own] })).rejects.toMatchObject({ reason: 'too-large' });
  }
});

test('a server that hangs before or within its answer, a cut and a false encoding each end in their own way', async () => {
  const cases: [RequestListener, string][] = [
    [() => undefined, 'too-slow'],
    [(_request, response) => response.writeHead(200).write('bib'), 'too-slow'],
    [(request) => request.socket.destroy(), 'not-reached'],
    [(_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('bib'), 'garbled'],
    [(_request, response) => response.writeHead(200, { 'content-encoding': 'zz' }).end('bib'), 'garbled'],
  ];
  for (const [listener, reason] of cases) {
    const own = await openWebSource(listener);
    const timeoutMs = reason === 'too-slow' ? 150 : 5000;
    await expect(get(`http://${own}/`, { ownHosts: [own] }, { timeoutMs })).rejects.toMatchObject({ reason });
  }
});

test('packed answers are unpacked, and a failure is an answer', async () => {
  const own = await openWebSource((request, response) => {
    const status = request.method === 'POST' ? 401 : 200;
    response
      .writeHead(status, { 'content-encoding': 'gzip', 'content-type': 'text/csv' })
      .end(gzipSync('bib'));
  });
  const csv = { contentType: 'text/csv', bytes: Buffer.from('bib') };
  expect(await get(`http://${own}/`, { ownHosts: [own] })).toEqual({ status: 200, ...csv });
  expect(await get(`http://${own}/`, { ownHosts: [own] }, { body: '{}' })).toEqual({ status: 401, ...csv });
});

const collection = new URL('../../../../shared/data/badinput/strings/ssrf-urls.json', import.meta.url);

describe.skipIf(!existsSync(collection))(
  'SSRF-01: the collection of addresses (optional data, looked for in ../shared/data)',
  () => {
    test('reaches nothing', () => {
      const urls: string[] = JSON.parse(readFileSync(collection, 'utf8'));
      const names = /example\.test\/$|example\.test\/r/u;
      for (const url of urls.flatMap((one) => [one, one.replace(/^http:/u, 'https:')])) {
        if (url.startsWith('https:') && names.test(url)) continue;
        const isName = /^https:\/\/(?:localhost|metadata|localhost\.localdomain)/u.test(url);
        if (!isName) expect(() => checkUrl(url, []), url).toThrow();
      }
    });
  },
);
