import { once } from 'node:events';
import { Agent, type ClientRequest, request as openRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createTestContext } from '../../tests/harness.ts';
import { startServer } from './start-server.ts';

const MB = 1_000_000;
const TUS = { 'tus-resumable': '1.0.0', 'upload-offset': '0' };

/** `length`: what the sender says of it at first; null for nothing. All of them send 20 MB. */
interface Case {
  name: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  length: number | null;
  status: number;
}

const cases: Case[] = [
  { name: 'a form', method: 'POST', path: '/fr', headers: {}, length: 20 * MB, status: 413 },
  { name: 'another method', method: 'PUT', path: '/fr', headers: {}, length: null, status: 400 },
  { name: 'no door', method: 'POST', path: '/api/none', headers: {}, length: null, status: 413 },
  {
    name: 'a door’s limit',
    method: 'POST',
    path: '/api/uploads/announce',
    headers: {},
    length: 20 * MB,
    status: 413,
  },
  {
    name: 'a foreign page',
    method: 'POST',
    path: '/api/uploads/files',
    headers: { ...TUS, origin: 'https://evil.test' },
    length: 20 * MB,
    status: 403,
  },
  {
    name: 'nobody’s upload',
    method: 'PATCH',
    path: '/api/uploads/files/1',
    headers: TUS,
    length: 20 * MB,
    status: 403,
  },
];

test.each(cases)(
  'whoever is refused before the end hears why and keeps the connection: $name',
  async (one) => {
    const ctx = await createTestContext();
    const server = await startServer(ctx, {
      port: 0,
      openPages: async () => async (_, response) => void response.writeHead(200).end(),
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const begin = (method: string, path: string, headers: Record<string, string> = {}): ClientRequest =>
      openRequest({ port: server.port, host: '127.0.0.1', agent, method, path, headers });
    try {
      const length: Record<string, string> =
        one.length === null ? {} : { 'content-length': String(one.length) };
      const sending = begin(one.method, one.path, { ...one.headers, ...length });
      const answered = once(sending, 'response');
      sending.flushHeaders();
      // Without a length only bytes tell that it is too much.
      if (one.length === null) sending.write(Buffer.alloc(2 * MB));
      const [answer] = await answered;
      expect(answer.statusCode).toBe(one.status);
      expect(JSON.parse(await text(answer))).toHaveProperty('error.message');
      sending.end(Buffer.alloc(one.length ?? 18 * MB));
      await once(sending, 'close');

      const next = begin('GET', '/api/health/live').end();
      const [after] = await once(next, 'response');
      expect([after.statusCode, next.reusedSocket]).toEqual([200, true]);
      await text(after);
    } finally {
      agent.destroy();
      await server.stop();
    }
  },
);
