import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { type LingerLimits, linger } from './linger.ts';

const KB = 1024;
const LIMITS: LingerLimits = { mostBytes: 8 * KB * KB, mostMs: 60_000, silentMs: 60_000 };
const BODY_BYTES = 4 * KB * KB;

const open: { server: Server; socket: Socket }[] = [];
afterEach(() => {
  for (const { server, socket } of open.splice(0)) {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  }
});

const refuse: RequestListener = (_, response) => {
  response.writeHead(413, { 'content-length': 6 }).end('refuse');
};

interface Sender {
  socket: Socket;
  /** Resolves when so many answers have come. */
  heard(times: number): Promise<void>;
}

/** A sender that has told its head and not yet its body. */
async function begin(limits: LingerLimits, answer: RequestListener, headers: string[]): Promise<Sender> {
  const server = createServer((request, response) => {
    linger(request, response, limits);
    answer(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const socket = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1');
  socket.on('error', () => undefined);
  open.push({ server, socket });
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.write(`${['POST / HTTP/1.1', 'host: a', ...headers].join('\r\n')}\r\n\r\n`);
  const heard = async (times: number) => {
    while (text.split(/ 413 [\s\S]+?refuse/).length <= times) await once(socket, 'data');
  };
  return { socket, heard };
}

const LENGTH = `content-length: ${BODY_BYTES}`;

describe('a sender that is answered before it has sent all', () => {
  it.each<[string, RequestListener]>([
    ['nothing was read', refuse],
    [
      'a stream of the web had begun to read',
      (request, response) => {
        Readable.toWeb(request);
        refuse(request, response);
      },
    ],
  ])('keeps its connection for the rest and the next request, when %s', async (_, answer) => {
    const { socket, heard } = await begin(LIMITS, answer, [LENGTH]);
    await heard(1);
    socket.write(Buffer.alloc(BODY_BYTES));
    socket.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n');
    await heard(2);
  });

  it('that wants the connection closed sees it closed after the last byte, without an error', async () => {
    const { socket, heard } = await begin(LIMITS, refuse, [LENGTH, 'connection: close']);
    await heard(1);
    const sent = new Promise((resolve) => socket.write(Buffer.alloc(BODY_BYTES), resolve));
    const closed = once(socket, 'close');
    expect(await sent).toBeFalsy();
    expect(await closed).toEqual([false]);
  });

  it('and goes on for too long is cut off', async () => {
    const { socket, heard } = await begin(LIMITS, refuse, ['transfer-encoding: chunked']);
    await heard(1);
    let sentBytes = 0;
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(64 * KB), Buffer.from('\r\n')]);
    const endless = new Readable({
      read() {
        sentBytes += chunk.length;
        this.push(chunk);
      },
    });
    endless.pipe(socket);
    await closing(socket);
    expect(sentBytes).toBeGreaterThan(LIMITS.mostBytes);
  });

  it.each<[string, Partial<LingerLimits>]>([
    ['and falls silent', { silentMs: 50 }],
    ['and is slow', { mostMs: 50 }],
  ])('%s is cut off', async (_, limits) => {
    const { socket } = await begin({ ...LIMITS, ...limits }, refuse, [LENGTH]);
    await closing(socket);
  });
});

/** Being cut off shows as an end, or as an error and an end. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
