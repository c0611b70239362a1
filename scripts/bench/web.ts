import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '#platform/config.ts';
import { createContext, type OpenedContext } from '../../src/create-context.ts';
import { until } from '../../tests/doubles/until.ts';
import { buildPages, root } from '../build-pages.ts';

/** How memory is given back is set where every command starts. */
const inherited = { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '' };
const START_LIMIT_MS = 120_000;

export interface WebProcess {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface Site {
  readonly folder: string;
  /** Does something with the embedded database and the photo folder while no server holds them. */
  fill<Value>(work: (opened: OpenedContext) => Promise<Value>): Promise<Value>;
  /** Starts the product as an operator would. Its log goes to a file, as a service's does. */
  start(): Promise<WebProcess>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A site with its own data folder, gone when it is let go. */
export async function openSite(): Promise<Site> {
  buildPages({ quiet: true });
  const folder = mkdtempSync(join(tmpdir(), 'focus-racer-bench-site-'));
  const port = await freePort();
  const env = {
    NODE_ENV: 'production' as const,
    DATA_DIR: folder,
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    // The embedded database belongs to one process, which then has the workers too; their engines are other processes.
    AI_MAX_CONCURRENT: '1',
  };
  let running: WebProcess | null = null;
  return {
    folder,
    async fill(work) {
      const config: Config = readConfig({ ...env, LOG_LEVEL: 'silent' });
      const opened = await createContext({ role: 'command', config });
      try {
        return await work(opened);
      } finally {
        await opened.stop(0);
      }
    },
    async start() {
      running = await startWeb(env, port, join(folder, 'log'));
      return running;
    },
    async [Symbol.asyncDispose]() {
      await running?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startWeb(
  env: { NODE_ENV: 'production' } & Record<string, string>,
  port: number,
  logFile: string,
): Promise<WebProcess> {
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [...process.execArgv, 'src/server.ts'], {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      NEXT_TELEMETRY_DISABLED: '1',
      ...inherited,
      ...env,
    },
    stdio: ['ignore', log, log],
  });
  const exited = once(child, 'exit');
  const url = `http://localhost:${port}`;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  };
  try {
    await until(async () => {
      if (child.exitCode !== null) throw new Error('it ended at start');
      const answer = await fetch(`${url}/api/health/ready`).catch(() => null);
      await answer?.body?.cancel();
      return answer?.ok;
    }, START_LIMIT_MS);
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`the server did not start:\n${readFileSync(logFile, 'utf8')}`, { cause: error });
  }
  return { port, url, pid: child.pid ?? 0, stop };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
