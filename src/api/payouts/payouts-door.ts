import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { type Context, withActor } from '#context.ts';
import { getActor } from '#domain/accounts/get-actor.ts';
import { exportOwnTransfers } from '#domain/payouts/export-own-transfers.ts';
import { attachment } from '../downloads/content-disposition.ts';

/** GET /transfers.csv: the own organisation's parts of paid orders, for those who are signed in as a pro. */
export function openPayoutsDoor(ctx: Context, options: { actorOf?: typeof getActor } = {}): Hono {
  const { actorOf = getActor } = options;
  const door = new Hono();
  door.get('/transfers.csv', async (c) => {
    const pieces = exportOwnTransfers(withActor(ctx, await actorOf(ctx, c.req.raw.headers)));
    c.header('content-type', 'text/csv; charset=utf-8');
    c.header('content-disposition', attachment('transfers.csv'));
    c.header('cache-control', 'private, no-store');
    c.header('x-content-type-options', 'nosniff');
    c.header('x-robots-tag', 'noindex');
    return stream(c, async (out) => {
      for await (const piece of pieces) await out.write(piece);
    });
  });
  return door;
}
