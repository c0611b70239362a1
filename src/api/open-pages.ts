import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import next from 'next';
import type { Log } from '#platform/log.ts';
import type { PageHandler } from './http/answer-requests.ts';
import { logPageErrors } from './http/page-errors.ts';

/** Next's pages: from the finished build, or compiled as they are asked for in development. */
export async function openPages(
  server: Server,
  options: { development: boolean; port: number; log: Log },
): Promise<PageHandler> {
  const app = next({
    dev: options.development,
    dir: fileURLToPath(new URL('../..', import.meta.url)),
    hostname: 'localhost',
    port: options.port,
    httpServer: server,
    quiet: !options.development,
  });
  await app.prepare();
  if (!options.development) logPageErrors(options.log);
  // Only development has a socket, for reloads; in production an upgrade would reach code nobody needs.
  if (!options.development) server.on('upgrade', (_request, socket) => socket.destroy());
  const handle = app.getRequestHandler();
  return async (request, response) => {
    await handle(request, response);
  };
}
