import { Hono } from 'hono';
import type { Context } from '#context.ts';

/** GET /api/clock: the instant of the answer, ms since 1970, for the clock page to set itself by. */
export function openClockDoor(ctx: Context): Hono {
  const door = new Hono();
  door.get('/', (c) => {
    c.header('cache-control', 'no-store');
    return c.json({ now: ctx.clock.now().getTime() });
  });
  return door;
}
