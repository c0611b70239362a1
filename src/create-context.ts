import { sql } from 'drizzle-orm';
import { type Context, setCurrentContext } from '#context.ts';
import { type Config, getConfig } from '#platform/config.ts';
import type { Live } from '#platform/live/live.ts';
import type { Log } from '#platform/log.ts';
import { openLog } from '#platform/log-pino.ts';
import { chooseMailTransport } from '#platform/mail/jobs.ts';
import { openMail } from '#platform/mail/open-mail.ts';
import { openMetrics } from '#platform/metrics/open-metrics.ts';
import { openPayments, PAYMENTS_OFF } from '#platform/payments/open-payments.ts';
import { openQueue } from '#platform/queue/open-queue.ts';
import { openStore, type QueueDatabase } from '#platform/queue/open-store.ts';
import type { QueueWorker } from '#platform/queue/queue.ts';
import type { Recognition } from '#platform/recognition/recognition.ts';
import type { Storage } from '#platform/storage/storage.ts';
import { systemClock, systemRandom } from '#platform/system-clock.ts';
import { openTraces } from '#platform/traces/open-traces.ts';
import type { EnginePool } from '#vision/engine-pool.ts';
import { jobs } from './jobs.ts';
import { startWorker } from './start-worker.ts';

export type ProcessRole = 'web' | 'worker' | 'command';

export interface OpenedContext {
  /** Anonymous, in French: `withActor` makes the one of a request. */
  readonly ctx: Context;
  /** Lets running jobs end for `graceMs`, gives the others back, and closes everything. Safe to call twice. */
  stop(graceMs?: number): Promise<void>;
}

const LIGHT_LANES = 4;
const GRACE_MS = 20_000;
/** What is left of the traces is sent in this time, also to a collector that hangs. */
const TRACES_MS = 1000;

/**
 * Chooses the adapters by the settings, applies pending migrations, and starts the job lanes where this process has
 * them: in a worker, and in a web process with WORKERS=in-process. Throws when anything it needs does not answer.
 */
export async function createContext(options: { role: ProcessRole; config?: Config }): Promise<OpenedContext> {
  const config = options.config ?? getConfig();
  const runsJobs = options.role === 'worker' || (options.role === 'web' && config.workers === 'in-process');
  const log = openLog({ level: config.logLevel, fields: { role: options.role, pid: process.pid } });
  const closers: Array<(graceMs: number) => Promise<unknown>> = [];
  const stop = closeOnce(closers, log);
  try {
    const traces = await openTraces({ endpoint: config.otelExporterOtlpEndpoint, role: options.role, log });
    closers.push(() => traces.close(TRACES_MS));
    const database = await openDatabase(config, log);
    closers.push(() => database.close());
    const boss = await openStore({ database, log, keeper: runsJobs });
    closers.push(() => boss.stop({ graceful: false }));
    const live = await openLive(database, log);
    closers.push(() => live.close());
    const engine = runsJobs ? await openEngine(config) : null;
    if (engine) closers.push(() => engine.close());
    const queue = openQueue({ boss, db: database.db, definitions: jobs });
    const metrics = await openMetrics({ token: config.metricsToken, queue, log });
    const base = { config, clock: systemClock, random: systemRandom, log, db: database.db, database, queue };
    const ctx: Context = {
      ...base,
      metrics,
      traces,
      live,
      engine,
      recognition: await openRecognition(config, database, log),
      storage: await openStorage(config),
      mail: openMail({ ...base, transport: chooseMailTransport(config) }),
      payments: await openPayments(base),
      actor: { kind: 'anonymous' },
      locale: 'fr',
    };
    if (ctx.payments.name === 'none') log.warn({}, PAYMENTS_OFF);
    if (runsJobs) {
      const worker: QueueWorker = await startWorker({ ctx, boss, database, jobs, lightLanes: LIGHT_LANES });
      closers.push((graceMs) => worker.stop(graceMs));
    }
    setCurrentContext(ctx);
    return { ctx, stop: (graceMs = GRACE_MS) => stop(graceMs) };
  } catch (error) {
    await stop(0);
    throw error;
  }
}

async function openDatabase(config: Config, log: Log): Promise<QueueDatabase> {
  const database = await connect(config, log);
  try {
    if (database.kind === 'postgres' && config.nodeEnv === 'production') {
      const { requireDurability } = await import('#platform/db/durability.ts');
      await requireDurability(database);
    }
    await database.migrate();
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function connect(config: Config, log: Log): Promise<QueueDatabase> {
  if (config.databaseUrl) {
    const { openPostgres } = await import('#platform/db/postgres.ts');
    return openPostgres({
      connectionString: config.databaseUrl,
      poolSize: config.databasePoolSize,
      onError: (error) => log.warn({ reason: error.message }, 'an idle database connection was lost'),
    });
  }
  const { openPglite } = await import('#platform/db/pglite.ts');
  return openPglite(config.dataDir);
}

async function openLive(database: QueueDatabase, log: Log): Promise<Live> {
  if (database.kind === 'pglite') return (await import('#platform/live/open-local-live.ts')).openLocalLive();
  const { openPostgresLive } = await import('#platform/live/open-postgres-live.ts');
  return openPostgresLive({
    connectionString: database.connectionString,
    log,
    notify: async (channel, payload) => {
      await database.db.execute(sql`select pg_notify(${channel}, ${payload})`);
    },
  });
}

async function openStorage(config: Config): Promise<Storage> {
  if (config.awsS3Bucket) {
    const { openS3Storage } = await import('#platform/storage/open-s3-storage.ts');
    return openS3Storage({
      bucket: config.awsS3Bucket,
      region: config.awsRegion,
      endpointUrl: config.awsEndpointUrlS3,
      forcePathStyle: config.awsS3ForcePathStyle,
      ...awsCredentials(config),
    });
  }
  return (await import('#platform/storage/open-local-storage.ts')).openLocalStorage(config.uploadDir);
}

async function openRecognition(config: Config, { db }: QueueDatabase, log: Log): Promise<Recognition | null> {
  if (config.aiEngine === 'offline') return null;
  const { openCallTurns } = await import('#platform/recognition/call-turns.ts');
  const { openRekognition } = await import('#platform/recognition/open-rekognition.ts');
  return openRekognition({
    region: config.awsRegion,
    ...awsCredentials(config),
    endpointUrl: config.awsEndpointUrlRekognition,
    collectionPrefix: config.awsRekognitionCollectionId,
    turns: openCallTurns(db, config.aiCallsPerSecond),
    log,
  });
}

/** Both or none: without them the SDK looks by itself. */
function awsCredentials({ awsAccessKeyId: accessKeyId, awsSecretAccessKey: secretAccessKey }: Config) {
  return accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {};
}

async function openEngine(config: Config): Promise<EnginePool> {
  const { createEnginePool } = await import('#vision/engine-pool.ts');
  return createEnginePool({ lanes: config.aiMaxConcurrent });
}

/** Closes in the reverse order of opening, each thing even if another fails. */
function closeOnce(closers: Array<(graceMs: number) => Promise<unknown>>, log: Log) {
  let closing: Promise<void> | null = null;
  const close = async (graceMs: number) => {
    setCurrentContext(undefined);
    for (const closer of closers.toReversed()) {
      await closer(graceMs).catch((error: unknown) =>
        log.error({ error: String(error) }, 'not closed cleanly'),
      );
    }
  };
  return (graceMs: number): Promise<void> => {
    closing ??= close(graceMs);
    return closing;
  };
}
