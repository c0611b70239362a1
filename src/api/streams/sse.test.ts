import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isDomainError } from '#platform/errors.ts';
import type { LiveMessage } from '#platform/live/live.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { closeStreams, openStreamCount, streamChannel } from './sse.ts';

let server: Server | null = null;
afterEach(() => {
  closeStreams();
  server?.closeAllConnections();
  server?.close();
});

/** `check` stands for what is asked of the database before a stream begins. */
async function start(
  check: (bindings: HttpBindings) => Promise<void> = async () => {},
): Promise<{ ctx: TestContext; url: string }> {
  const ctx = await createTestContext();
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/', async (c) => {
    await check(c.env);
    return streamChannel(c, ctx, 'event/1');
  });
  app.onError((error, c) =>
    c.text('refused', isDomainError(error) && error.code === 'rate-limited' ? 429 : 500),
  );
  server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { ctx, url: `http://127.0.0.1:${port}/` };
}

const photo = (photoId: string, state: string): LiveMessage => ({
  type: 'photo-state',
  data: { photoId, state },
});

/** Reads bundles until `count` of them came. */
async function bundles(answer: Response, count: number): Promise<LiveMessage[][]> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const found = [...text.matchAll(/^data: (.*)$/gm)].map(
      ([, json = '']) => JSON.parse(json) as LiveMessage[],
    );
    const piece = found.length < count ? await reader?.read() : undefined;
    if (!piece || piece.done) return found;
    text += piece.value;
  }
}

describe('a stream', () => {
  it('sends the first message at once and what follows in one bundle, the last word on each subject', async () => {
    const { ctx, url } = await start();
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    for (const [id, state] of [
      ['a', 'received'],
      ['a', 'prepared'],
      ['b', 'received'],
      ['a', 'ready'],
    ] as const) {
      await ctx.live.publish('event/1', photo(id, state));
    }
    await ctx.live.publish('event/2', photo('z', 'ready'));
    expect(await bundles(answer, 2)).toEqual([
      [photo('a', 'received')],
      [photo('b', 'received'), photo('a', 'ready')],
    ]);
  });

  it('sends at most four bundles a second', async () => {
    const { ctx, url } = await start();
    const answer = await fetch(url);
    const begun = performance.now();
    let sent = 0;
    const flood = setInterval(() => void ctx.live.publish('event/1', photo(String(sent++), 'ready')), 5);
    const received = await bundles(answer, 5);
    clearInterval(flood);
    expect(performance.now() - begun).toBeGreaterThan(950);
    expect(received.flat().length).toBeGreaterThan(20);
  });

  it('tells a page to read anew when too much came at once', async () => {
    const { ctx, url } = await start();
    const answer = await fetch(url);
    for (let id = 0; id < 700; id += 1) await ctx.live.publish('event/1', photo(String(id), 'ready'));
    expect((await bundles(answer, 2))[1]).toEqual([{ type: 'reload', data: {} }]);
  });

  it('stops listening when the page goes, and when the server stops', async () => {
    const { ctx, url } = await start();
    const leaving = new AbortController();
    await fetch(url, { signal: leaving.signal });
    const staying = await fetch(url);
    expect(ctx.live.listenerCount()).toBe(2);
    leaving.abort();
    await vi.waitUntil(() => openStreamCount() === 1);
    closeStreams();
    expect(await bundles(staying, 1)).toEqual([]);
    await vi.waitUntil(() => ctx.live.listenerCount() === 0);
    expect(openStreamCount()).toBe(0);
  });

  it('does not begin for a page that left while its right was checked', async () => {
    const leaving = new AbortController();
    const begun = Promise.withResolvers<void>();
    const { ctx, url } = await start(async ({ outgoing }) => {
      const left = once(outgoing, 'close');
      leaving.abort();
      await left;
      queueMicrotask(() => setImmediate(begun.resolve));
    });
    await expect(fetch(url, { signal: leaving.signal })).rejects.toThrow();
    await begun.promise;
    expect(openStreamCount()).toBe(0);
    expect(ctx.live.listenerCount()).toBe(0);
  });

  it('is refused beyond a number per client, and open again when one ends', async () => {
    const { url } = await start();
    const first = new AbortController();
    await fetch(url, { signal: first.signal });
    await Promise.all(Array.from({ length: 23 }, () => fetch(url)));
    expect((await fetch(url)).status).toBe(429);
    first.abort();
    await vi.waitUntil(() => openStreamCount() === 23);
    expect((await fetch(url)).status).toBe(200);
  });
});
