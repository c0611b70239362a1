import type { ServerResponse } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context as HonoContext } from 'hono';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import type { Channel, LiveMessage } from '#platform/live/live.ts';
import { clientAddress } from '../http/client-address.ts';

const HEARTBEAT_MS = 20_000;
const MOST_PER_CLIENT = 24;
const MOST_WAITING = 500;
const MOST_UNSENT_BYTES = 256 * 1024;

const open = new Set<ServerResponse>();
const perClient = new Map<string, number>();

/** Ends every open stream, so that a stop need not wait for the visitors. Browsers come back by themselves. */
export function closeStreams(): void {
  for (const response of open) response.end();
}

export function openStreamCount(): number {
  return open.size;
}

/**
 * Answers with a stream of what is told on the channel. Each SSE event holds a JSON array of messages, oldest first; of
 * several about one subject within a tick only the last is sent. When too much came at once the array is
 * `[{type: 'reload', data: {}}]`: the page reads the state anew.
 */
export function streamChannel(
  c: HonoContext<{ Bindings: HttpBindings }>,
  ctx: Context,
  channel: Channel,
  options: { perSecond: number } = { perSecond: 4 },
): Response {
  const { incoming, outgoing } = c.env;
  // Whoever left while their right was checked closes no more: nothing would ever be taken down.
  if (outgoing.destroyed) return RESPONSE_ALREADY_SENT;
  const client = clientAddress(incoming);
  requireRoom(client);
  outgoing.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'private, no-store',
    'x-accel-buffering': 'no',
  });
  // The comment opens the stream for the page; browsers wait two seconds before they come back.
  outgoing.write('retry: 2000\n: open\n\n');

  const sender = newSender(outgoing, 1000 / options.perSecond);
  const stopListening = ctx.live.subscribe(channel, sender.add);
  const heartbeat = setInterval(() => outgoing.write(':\n\n'), HEARTBEAT_MS).unref();
  open.add(outgoing);
  perClient.set(client, (perClient.get(client) ?? 0) + 1);
  outgoing.once('close', () => {
    stopListening();
    sender.stop();
    clearInterval(heartbeat);
    open.delete(outgoing);
    const left = (perClient.get(client) ?? 1) - 1;
    if (left > 0) perClient.set(client, left);
    else perClient.delete(client);
  });
  return RESPONSE_ALREADY_SENT;
}

function requireRoom(client: string): void {
  if ((perClient.get(client) ?? 0) < MOST_PER_CLIENT) return;
  throw new DomainError('rate-limited', {
    public: { key: 'platform.tooManyStreams' },
    internal: 'one client has too many open streams',
  });
}

/** Sends the first message at once and those that follow in bundles, at most one per tick. */
function newSender(outgoing: ServerResponse, tickMs: number) {
  const waiting = new Map<string, LiveMessage>();
  let timer: NodeJS.Timeout | null = null;

  const send = () => {
    timer = null;
    if (waiting.size === 0) return;
    const tooMuch = waiting.size > MOST_WAITING || outgoing.writableLength > MOST_UNSENT_BYTES;
    const bundle = tooMuch ? [{ type: 'reload', data: {} }] : [...waiting.values()];
    waiting.clear();
    if (outgoing.writableLength <= 2 * MOST_UNSENT_BYTES)
      outgoing.write(`data: ${JSON.stringify(bundle)}\n\n`);
    timer = setTimeout(send, tickMs);
  };

  return {
    add(message: LiveMessage): void {
      const subject = `${message.type}:${message.data.photoId ?? ''}`;
      waiting.delete(subject);
      if (waiting.size <= MOST_WAITING) waiting.set(subject, message);
      if (!timer) send();
    },
    stop(): void {
      if (timer) clearTimeout(timer);
      waiting.clear();
    },
  };
}
