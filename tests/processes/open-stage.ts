import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import type { Context } from '#context.ts';
import { readConfig } from '#platform/config.ts';
import { createContext } from '../../src/create-context.ts';
import { startPostgres } from '../postgres-server.ts';
import { type StartedProcess, startWeb, startWorker } from './start-process.ts';

const SECRET = 'q8Zt3vXw0LrB6nYc1KdM9sHf5GjT7pEa';

export interface StageOptions {
  database: 'pglite' | 'postgres';
  storage: 'local' | 's3';
  /** More settings for every process. */
  env?: Record<string, string>;
}

/** What processes stand on: a database, a storage and their settings, all of its own. */
export interface Stage {
  readonly folder: string;
  /** Where the database listens; null for the embedded one. */
  readonly databaseUrl: string | null;
  /** The settings of every process. */
  readonly env: Record<string, string>;
  startWeb(env?: Record<string, string>): Promise<StartedProcess>;
  startWorker(env?: Record<string, string>): Promise<StartedProcess>;
  /** Runs `work` on the same database and storage as the processes. The embedded database must be free: no process running. */
  look<Result>(work: (ctx: Context) => Promise<Result>): Promise<Result>;
  /** Kills every process that still runs and removes everything. */
  close(): Promise<void>;
}

/** PostgreSQL is durable here and the processes are those of production: nothing is eased for the test. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'focus-racer-stage-'));
  const postgres = options.database === 'postgres' ? await startPostgres({ durable: true }) : null;
  if (options.database === 'postgres' && !postgres) throw new Error('PostgreSQL is not installed');
  const bucket = options.storage === 's3' ? await openBucket(join(folder, 's3')) : null;
  const env = {
    AUTH_SECRET: SECRET,
    LOG_LEVEL: 'info',
    DATA_DIR: join(folder, 'data'),
    ...(postgres ? { DATABASE_URL: postgres.url } : {}),
    ...bucket?.env,
    ...options.env,
  };
  const processes: StartedProcess[] = [];
  const started = async (starting: Promise<StartedProcess>) => {
    const one = await starting;
    processes.push(one);
    return one;
  };
  const open = () =>
    createContext({
      role: 'command',
      config: readConfig({ ...env, NODE_ENV: 'test', LOG_LEVEL: 'silent', PUBLIC_URL: 'http://localhost' }),
    });
  let kept: ReturnType<typeof open> | null = null;

  return {
    folder,
    databaseUrl: postgres?.url ?? null,
    env,
    startWeb: (more) => started(startWeb({ ...env, ...more })),
    startWorker: (more) => started(startWorker({ ...env, AI_MAX_CONCURRENT: '1', ...more })),
    async look(work) {
      if (postgres) {
        kept ??= open();
        return work((await kept).ctx);
      }
      const opened = await open();
      try {
        return await work(opened.ctx);
      } finally {
        await opened.stop();
      }
    },
    async close() {
      await Promise.all(processes.map((one) => one.stop('SIGKILL')));
      await (await kept)?.stop();
      await bucket?.close();
      postgres?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openBucket(directory: string) {
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'photos', configs: [] }],
  });
  const { port } = await server.run();
  const env = {
    AWS_S3_BUCKET: 'photos',
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
    AWS_S3_FORCE_PATH_STYLE: 'true',
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
  };
  return { env, close: () => server.close() };
}
