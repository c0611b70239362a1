import { Hono } from 'hono';
import type { Context } from '#context.ts';
import { scrape } from '#platform/metrics/scrape.ts';

/** GET /api/metrics for Prometheus. Without the right token it looks like any address that does not exist. */
export function openMetricsDoor(ctx: Context): Hono {
  const door = new Hono();
  door.get('/', async (c) => {
    const told = await scrape(ctx.metrics, ctx.config.metricsToken, c.req.header('authorization'));
    if (!told) return c.notFound();
    return c.body(told.text, 200, { 'content-type': told.contentType, 'cache-control': 'no-store' });
  });
  return door;
}
