import { createServer, type Server } from 'node:http';
import type { Context } from '#context.ts';
import { ConfigError, getConfig } from '#platform/config.ts';
import { withTimeLimit } from '#platform/db/time-limit.ts';
import { scrape } from '#platform/metrics/scrape.ts';
import { createContext } from './create-context.ts';

const CHECK_MS = 5_000;

try {
  await run();
} catch (error) {
  const shown = error instanceof ConfigError ? error.message : error;
  process.stderr.write(`The worker did not start: ${shown}\n`);
  process.exit(1);
}

async function run(): Promise<void> {
  // As the web process that `npm start` starts: what it refuses for safety, its workers refuse too.
  const opened = await createContext({ role: 'worker', config: getConfig({ NODE_ENV: 'production' }) });
  const { ctx } = opened;
  const health = ctx.config.workerHealthPort ? openHealth(ctx, ctx.config.workerHealthPort) : null;
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    ctx.log.info({ signal }, 'the worker stops');
    health?.close();
    await opened.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
}

/** GET /api/health/live, /api/health/ready and /api/metrics for those who watch over processes. */
function openHealth(ctx: Context, port: number): Server {
  const ready = readiness(ctx);
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/api/health/live') {
      response.end('{"status":"live"}');
      return;
    }
    if (request.url === '/api/metrics') {
      const told = await scrape(ctx.metrics, ctx.config.metricsToken, request.headers.authorization);
      if (told) response.setHeader('content-type', told.contentType).end(told.text);
      else response.writeHead(404).end('{}');
      return;
    }
    if (request.url !== '/api/health/ready') {
      response.writeHead(404).end('{}');
      return;
    }
    const failing = await ready();
    response
      .writeHead(failing.length === 0 ? 200 : 503)
      .end(JSON.stringify({ status: failing.length === 0 ? 'ready' : 'not-ready', failing }));
  });
  return server.listen(port);
}

/** Names of what does not answer. Models that answered once stay loaded: a busy lane is no failure. */
function readiness(ctx: Context): () => Promise<string[]> {
  let modelsAnswered = false;
  const askModels = async () => {
    if (modelsAnswered) return;
    await withTimeLimit(
      (ctx.engine?.ready() ?? Promise.resolve(false)).then((answered) => {
        modelsAnswered = answered;
        if (!answered) throw new Error('the models do not answer');
      }),
      CHECK_MS,
    );
  };
  return async () => {
    const checks = {
      database: ctx.database.ping(CHECK_MS),
      storage: ctx.storage.ping(CHECK_MS),
      queue: ctx.queue.ping(CHECK_MS),
      models: askModels(),
    };
    const outcomes = await Promise.allSettled(Object.values(checks));
    return Object.keys(checks).filter((_, index) => outcomes[index]?.status === 'rejected');
  };
}
