import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { type Context, withActor } from '#context.ts';
import { getActor } from '#domain/accounts/get-actor.ts';
import { withOpened } from '#domain/events/closed-event.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { requirePublishedEvent } from '#domain/photos/require-published-event.ts';
import { streamChannel } from './sse.ts';

/** GET /events/:id tells an event's owner every photo's state; GET /galleries/:id tells anyone of photos that became visible. */
export function openStreamsDoor(
  ctx: Context,
  options: { actorOf?: typeof getActor } = {},
): Hono<{ Bindings: HttpBindings }> {
  const { actorOf = getActor } = options;
  const door = new Hono<{ Bindings: HttpBindings }>();
  door.get('/events/:eventId', async (c) => {
    const visitor = withActor(ctx, await actorOf(ctx, c.req.raw.headers));
    const { id } = await requireOwnEvent(visitor, { eventId: c.req.param('eventId') });
    return streamChannel(c, ctx, `event/${id}`);
  });
  door.get('/galleries/:eventId', async (c) => {
    const visitor = await withOpened(ctx, c.req.header('cookie'));
    const { id } = await requirePublishedEvent(visitor, { eventId: c.req.param('eventId') });
    return streamChannel(c, ctx, `gallery/${id}`);
  });
  return door;
}
