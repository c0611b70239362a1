import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Context } from '#context.ts';
import { openMetrics } from '#platform/metrics/open-metrics.ts';
import { makeEvent } from '../../../tests/factories.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import type { PageHandler } from '../http/answer-requests.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const TOKEN = 'scrape-0123456789-abcdef';
const pages: PageHandler = async (request, response) => {
  response.writeHead(request.url?.includes('missing') ? 404 : 200).end('page');
};

let running: RunningServer | null = null;
afterEach(async () => {
  await running?.stop();
  running = null;
});

async function start(change: (ctx: TestContext) => Context | Promise<Context> = (ctx) => ctx) {
  const ctx = await createTestContext({ config: { metricsToken: TOKEN } });
  running = await startServer(await change(ctx), { port: 0, openPages: async () => pages });
  const url = `http://127.0.0.1:${running.port}`;
  const scrape = (authorization = `Bearer ${TOKEN}`) =>
    fetch(`${url}/api/metrics`, { headers: { authorization } });
  const read = async () => (await scrape()).text();
  return { ctx, url, scrape, read };
}

describe('the metrics', () => {
  it('do not exist without a token of the operator', async () => {
    const { scrape } = await start((ctx) => ({ ...ctx, config: { ...ctx.config, metricsToken: null } }));
    expect((await scrape()).status).toBe(404);
    expect((await scrape('Bearer null')).status).toBe(404);
    expect((await scrape('')).status).toBe(404);
  });

  it.each(['', 'Bearer', 'Bearer ', 'Bearer wrong', TOKEN, `Bearer ${TOKEN}x`])(
    'look like no address at all to whoever brings %j',
    async (authorization) => {
      const { scrape, url } = await start();
      const refused = await scrape(authorization);
      const missing = await fetch(`${url}/api/none`);
      expect([refused.status, await refused.text()]).toEqual([404, await missing.text()]);
    },
  );

  it('are in the text format, kept by nobody, and tell of the process', async () => {
    const { scrape } = await start();
    const answer = await scrape();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const text = await answer.text();
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
    expect(text).toMatch(/^nodejs_heap_size_used_bytes \d+/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect(text).toMatch(/^focus_racer_queue_answers 1$/m);
  });

  it('count each request by its method, route and class', async () => {
    const { url, read } = await start();
    await (await fetch(`${url}/fr/events/trail-des-cretes`)).text();
    await (await fetch(`${url}/en/events/another`)).text();
    await (await fetch(`${url}/fr/missing`)).text();
    await vi.waitFor(async () => {
      const text = await read();
      expect(text).toContain(
        'focus_racer_http_requests_total{method="GET",route="/:locale/events/:slug",status="2xx"} 2',
      );
      expect(text).toContain(
        'focus_racer_http_requests_total{method="GET",route="/:locale/*",status="4xx"} 1',
      );
      expect(text).toContain('focus_racer_http_request_seconds_count{route="/:locale/events/:slug"} 2');
    });
  });

  it('do not grow with the addresses, and keep none of them', async () => {
    const { url, read } = await start();
    const secret = 'Zk3vQ1x9ab7LmN0pQrStUv';
    const addresses = Array.from({ length: 250 }, (_, index) => [
      `/fr/events/race-${index}/bib/${index}`,
      `/en/orders/${secret}${index}`,
      `/api/none-${index}/x`,
      `/word-${index}/a@b.org`,
    ]).flat();
    for (let at = 0; at < addresses.length; at += 50) {
      await Promise.all(addresses.slice(at, at + 50).map(async (path) => (await fetch(url + path)).text()));
    }
    await vi.waitFor(async () => {
      const text = await read();
      const counted = [...text.matchAll(/^focus_racer_http_requests_total\{.*\} (\d+)$/gm)];
      expect(counted.reduce((sum, [, count]) => sum + Number(count), 0)).toBeGreaterThanOrEqual(1000);
      // Four kinds of address, and the scrapes themselves.
      expect(counted).toHaveLength(5);
      expect(text).not.toMatch(/Zk3v|race-1|none-1|word-1|@/);
    });
  });

  it('show the streams that are open, and no time for them', async () => {
    const { ctx, url, read } = await start();
    const event = await makeEvent(ctx);
    const leave = new AbortController();
    await fetch(`${url}/api/streams/galleries/${event.id}`, { signal: leave.signal });
    expect(await read()).toMatch(/^focus_racer_open_streams 1$/m);
    leave.abort();
    await vi.waitFor(async () => {
      const text = await read();
      expect(text).toMatch(/^focus_racer_open_streams 0$/m);
      expect(text).toContain('route="/api/streams/galleries/:eventId",status="2xx"} 1');
      expect(text).not.toContain('request_seconds_count{route="/api/streams');
    });
  });

  it('tell of the process also while the store of jobs is away', async () => {
    const away = async () => {
      throw new Error('the database is away');
    };
    const { read, ctx } = await start(async (base) => {
      const queue = { counts: away, oldestWaitingSeconds: away };
      return { ...base, metrics: await openMetrics({ token: TOKEN, queue, log: base.log }) };
    });
    const text = await read();
    expect(text).toMatch(/^focus_racer_queue_answers 0$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
    await read();
    expect(ctx.log.lines.filter(({ message }) => message === 'the queue could not be counted')).toHaveLength(
      1,
    );
  });
});
