import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { type Context, withActor } from '#context.ts';
import { getActor } from '#domain/accounts/get-actor.ts';
import { exportCredits } from '#domain/credits/export-credits.ts';
import { readEvidencePaper } from '#domain/disputes/send-evidence.ts';
import { exportOrders } from '#domain/orders/export-orders.ts';
import { attachment } from '../downloads/content-disposition.ts';

/**
 * Files for the operator: GET /orders.csv (`state`, `q` as on the page of orders), GET /credits.csv and GET /disputes/:disputeId.pdf, the very
 * paper that would go to the bank. Everybody else is refused.
 */
export function openOperatorDoor(ctx: Context, options: { actorOf?: typeof getActor } = {}): Hono {
  const { actorOf = getActor } = options;
  const door = new Hono();
  const visitor = async (headers: Headers) => withActor(ctx, await actorOf(ctx, headers));
  door.get('/orders.csv', async (c) => {
    const { state, q: search } = c.req.query();
    const pieces = exportOrders(await visitor(c.req.raw.headers), { state: state || undefined, search });
    for (const [name, value] of headersOf('text/csv; charset=utf-8', 'focus-racer-orders.csv'))
      c.header(name, value);
    return stream(c, async (out) => {
      for await (const piece of pieces) await out.write(piece);
    });
  });
  door.get('/credits.csv', async (c) => {
    const pieces = exportCredits(await visitor(c.req.raw.headers));
    for (const [name, value] of headersOf('text/csv; charset=utf-8', 'focus-racer-credits.csv'))
      c.header(name, value);
    return stream(c, async (out) => {
      for await (const piece of pieces) await out.write(piece);
    });
  });
  door.get('/disputes/:file{.+\\.pdf}', async (c) => {
    const disputeId = c.req.param('file').slice(0, -'.pdf'.length);
    const { bytes, fileName } = await readEvidencePaper(await visitor(c.req.raw.headers), { disputeId });
    return new Response(new Uint8Array(bytes), { headers: headersOf('application/pdf', fileName) });
  });
  return door;
}

function headersOf(contentType: string, fileName: string): [string, string][] {
  return [
    ['content-type', contentType],
    ['content-disposition', attachment(fileName)],
    ['cache-control', 'private, no-store'],
    ['x-content-type-options', 'nosniff'],
    ['x-robots-tag', 'noindex'],
  ];
}
