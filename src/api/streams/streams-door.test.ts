import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterEach, describe, expect, test } from 'vitest';
import type { Actor, Context } from '#context.ts';
import { announcePhotoState } from '#domain/photos/announce-photo-state.ts';
import { makeEvent, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { errorAnswer } from '../http/error-answer.ts';
import { closeStreams } from './sse.ts';
import { openStreamsDoor } from './streams-door.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  closeStreams();
  for (const close of closers.splice(0)) await close();
});

async function openServer(status: 'draft' | 'published') {
  const ctx = await createTestContext();
  const { organisation, actor } = await makePro(ctx);
  const event = await makeEvent(ctx, { organisationId: organisation.id, status });
  const actors = new Map<string, Actor>([
    ['owner', actor],
    ['stranger', (await makePro(ctx)).actor],
  ]);
  const actorOf = async (_ctx: Context, headers: Headers): Promise<Actor> =>
    actors.get(headers.get('x-test-actor') ?? '') ?? { kind: 'anonymous' };
  const app = new Hono();
  app.route('/api/streams', openStreamsDoor(ctx, { actorOf }));
  app.onError((error, c) => {
    const answer = errorAnswer(error, 'en', ctx.log);
    return c.json(answer.body, answer.status, answer.headers);
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const open = (path: string, as = 'nobody') =>
    fetch(`http://127.0.0.1:${port}/api/streams/${path}`, { headers: { 'x-test-actor': as } });
  return { ctx, event, open };
}

async function readUntil(response: Response, word: string): Promise<string> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes(word)) return text;
  }
  return text;
}

describe('live messages about photos', () => {
  test('the owner hears every state, nobody else does', async () => {
    const { ctx, event, open } = await openServer('draft');
    expect((await open(`events/${event.id}`)).status).toBe(403);
    expect((await open(`events/${event.id}`, 'stranger')).status).toBe(404);
    expect((await open(`galleries/${event.id}`)).status).toBe(404);
    const stream = await open(`events/${event.id}`, 'owner');
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    await announcePhotoState(ctx, {
      eventId: event.id,
      photoId: 'p-1',
      state: 'failed',
      failureReason: 'corrupt',
    });
    expect(await readUntil(stream, 'corrupt')).toContain('"photo-state"');
  });

  test('visitors of a published gallery hear of visible photos only', async () => {
    const { ctx, event, open } = await openServer('published');
    const stream = await open(`galleries/${event.id}`);
    await announcePhotoState(ctx, { eventId: event.id, photoId: 'p-1', state: 'prepared' });
    await announcePhotoState(ctx, { eventId: event.id, photoId: 'p-2', state: 'ready', visible: false });
    await announcePhotoState(ctx, { eventId: event.id, photoId: 'p-3', state: 'ready', visible: true });
    const heard = await readUntil(stream, 'p-3');
    expect(heard).toContain('"photo-ready"');
    expect(heard).not.toMatch(/p-1|p-2/);
  });
});
