import { Hono } from 'hono';
import { type Context, withActor } from '#context.ts';
import { getActor } from '#domain/accounts/get-actor.ts';
import { withOpened } from '#domain/events/closed-event.ts';
import { readCartToken } from '#domain/orders/cart-cookie.ts';
import { getCartSummary } from '#domain/orders/get-cart-summary.ts';

/** GET /api/cart/summary: what cached pages show of the visitor's own cart. */
export function openCartDoor(ctx: Context): Hono {
  const door = new Hono();
  door.get('/summary', async (c) => {
    const { headers } = c.req.raw;
    const visitor = await withOpened(withActor(ctx, await getActor(ctx, headers)), headers.get('cookie'));
    const summary = await getCartSummary(visitor, { token: readCartToken(c.req.header('cookie')) });
    c.header('cache-control', 'private, no-store');
    return c.json(summary);
  });
  return door;
}
