import { afterEach, describe, expect, it } from 'vitest';
import { openTraceCollector, type TraceCollector } from '../../../tests/doubles/trace-collector.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import type { PageHandler } from './answer-requests.ts';
import { routeName } from './route-name.ts';

const pages: PageHandler = async (request, response) => {
  if (request.url === '/fr/breaks') throw new Error('secret of the machine');
  response.writeHead(200).end('page');
};

describe('the name of a route', () => {
  it.each([
    ['/', '/'],
    ['(not a path)', 'other'],
    ['/fr', '/:locale'],
    ['/fr/events/trail/bib/1204/photos/6f1c2a0e', '/:locale/events/:slug/bib/:bib/photos/:photoId'],
    ['/en/orders/Zk3vQ1x9ab7LmN0pQrStUv', '/:locale/orders/:secret'],
    ['/en/pro/events/new', '/:locale/pro/events/new'],
    ['/en/pro/later/page', '/:locale/pro/*'],
    ['/en/back-room/accounts', '/:locale/<admin>'],
    ['/de/events', 'other'],
    ['/api/downloads/token/photo.jpg', '/api/downloads/:token/*'],
    ['/api/downloads/token', '/api/downloads/:token/*'],
    ['/media/1/original.jpg', '/media/*'],
    ['/_next/static/chunks/a.js', '/_next/static/*'],
    [`/fr${'/a'.repeat(1000)}`, '/:locale/*'],
  ])('of %s is %s', (path, name) => {
    expect(routeName(path, 'back-room')).toBe(name);
  });
});

describe('a collector of traces', () => {
  let collector: TraceCollector | null = null;
  let running: RunningServer | null = null;
  afterEach(async () => {
    await running?.stop();
    await collector?.close();
    [running, collector] = [null, null];
  });

  it('hears of each request by its route and of its failure, never of secrets, and the rest at a stop', async () => {
    collector = await openTraceCollector();
    const ctx = await createTestContext({ config: { otelExporterOtlpEndpoint: collector.url } });
    running = await startServer(ctx, { port: 0, openPages: async () => pages });
    const url = `http://127.0.0.1:${running.port}`;
    const secret = 'Zk3vQ1x9ab7LmN0pQrStUv';
    const headers = { authorization: `Bearer ${secret}`, cookie: `a=${secret}` };
    for (const path of [`/fr/orders/${secret}?mail=a@b.org`, '/fr/breaks', '/_next/static/a.js']) {
      await (await fetch(`${url}${path}`, { headers })).text();
    }
    await running.stop();
    await ctx.traces.close(5000);
    expect(collector.spans.map(({ name, status }) => [name, status?.code ?? 0])).toEqual([
      ['GET /:locale/orders/:secret', 0],
      ['GET /:locale/*', 2],
    ]);
    const facts = collector.spans[0]?.attributes.map(({ key, value }) => [
      key,
      value.stringValue ?? value.intValue,
    ]);
    expect(Object.fromEntries(facts ?? [])).toEqual({
      'http.request.method': 'GET',
      'http.route': '/:locale/orders/:secret',
      'http.response.status_code': 200,
    });
    expect(collector.bodies.join()).not.toMatch(/Zk3v|@|secret of/);
  });

  it('that is away stops neither answers nor the process, and is named in the log', async () => {
    const ctx = await createTestContext({ config: { otelExporterOtlpEndpoint: 'http://127.0.0.1:9' } });
    running = await startServer(ctx, { port: 0, openPages: async () => pages });
    expect((await fetch(`http://127.0.0.1:${running.port}/fr`)).status).toBe(200);
    await running.stop();
    const begun = performance.now();
    await ctx.traces.close(1000);
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(ctx.log.lines.map(({ message }) => message)).toContain('traces did not arrive');
  });
});
