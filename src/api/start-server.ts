import type { RequestListener, Server } from 'node:http';
import type { Context } from '#context.ts';
import { openApi } from './app.ts';
import { answerRequests, type PageHandler } from './http/answer-requests.ts';
import { closeHttpServer, listen, openHttpServer } from './http/open-http-server.ts';
import { openStreamCount } from './streams/sse.ts';

export interface RunningServer {
  port: number;
  /** Ends streams at once and waits at most some seconds for other answers. */
  stop(): Promise<void>;
}

/** Serves machine doors and pages on one port; 0 takes a free one. `openPages` is given the server for its sockets. */
export async function startServer(
  ctx: Context,
  options: { port: number; openPages: (server: Server) => Promise<PageHandler> },
): Promise<RunningServer> {
  ctx.metrics.watch('focus_racer_open_streams', 'Open streams of live messages.', openStreamCount);
  const server = openHttpServer();
  const pages = await options.openPages(server);
  const answer: RequestListener = answerRequests(ctx, openApi(ctx), pages);
  server.on('request', answer);
  const port = await listen(server, options.port);
  return { port, stop: () => closeHttpServer(server) };
}
