import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { holdPage } from './hold-page.ts';
import { createPageCache } from './page-cache.ts';

let server: Server | null = null;
afterEach(() => server?.close());

const PUBLIC = { 'cache-control': 's-maxage=30, stale-while-revalidate=30', etag: '"v1"' };

async function start(headers: Record<string, string>, status = 200, mostBytes = 1_000_000) {
  const made: string[] = [];
  const clock = { ms: 0 };
  const cache = createPageCache({ lifeMs: 3000, mostBytes, now: () => clock.ms });
  server = createServer((request, response) => {
    if (cache.answer(request, response)) return;
    made.push(`${request.method} ${request.url}`);
    holdPage(response, (hashes) => `script-src ${hashes.length}`, cache.keeperFor(request));
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end(request.method === 'HEAD' ? undefined : `page ${request.url} <script>$RC("a")</script>`);
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const get = async (path: string, init?: RequestInit) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, init);
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  return { get, made, clock };
}

describe('a page for everybody', () => {
  it('is made once for a crowd, with its policy, and anew after its life', async () => {
    const { get, made, clock } = await start(PUBLIC);
    const first = await get('/fr');
    const second = await get('/fr');
    expect(second.text).toBe(first.text);
    expect(second.headers.get('content-security-policy')).toBe('script-src 1');
    expect(made).toEqual(['GET /fr']);
    clock.ms = 3001;
    await get('/fr');
    expect(made).toHaveLength(2);
  });

  it('is another for another address, and answers HEAD and a known tag without its body', async () => {
    const { get, made } = await start(PUBLIC);
    await get('/fr');
    expect((await get('/fr?page=2')).text).toContain('/fr?page=2');
    expect((await get('/fr', { method: 'HEAD' })).text).toBe('');
    const known = await get('/fr', { headers: { 'if-none-match': '"v1"' } });
    expect([known.status, known.text, known.headers.get('content-security-policy')]).toEqual([304, '', null]);
    expect(made).toEqual(['GET /fr', 'GET /fr?page=2']);
  });

  it('leaves data of navigations, actions and previews to the page itself', async () => {
    const { get, made } = await start(PUBLIC);
    await get('/fr');
    await get('/fr', { headers: { rsc: '1' } });
    await get('/fr', { headers: { 'next-router-prefetch': '1' } });
    await get('/fr', { headers: { cookie: '__prerender_bypass=x' } });
    await get('/fr', { method: 'POST' });
    expect(made).toHaveLength(5);
  });

  it('gives way when the room is full', async () => {
    const { get, made } = await start(PUBLIC, 200, 400);
    for (let page = 0; page < 30; page += 1) await get(`/${page}`);
    await get('/29');
    await get('/0');
    expect(made).toHaveLength(31);
  });
});

describe('a page is not kept', () => {
  it.each<[string, Record<string, string>, number?]>([
    ['when it is for one person', { 'cache-control': 'private, no-store' }],
    ['when nothing is said', {}],
    ['when it sets a cookie', { ...PUBLIC, 'set-cookie': 'a=b' }],
    ['when it has no life', { 'cache-control': 's-maxage=0' }],
    ['when it is an error', PUBLIC, 404],
  ])('%s', async (_, headers, status) => {
    const { get, made } = await start(headers, status);
    await get('/fr');
    await get('/fr');
    expect(made).toHaveLength(2);
  });
});
