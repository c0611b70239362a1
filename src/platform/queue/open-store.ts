import { type Db, fromPglite, PgBoss } from 'pg-boss';
import type { PgliteDatabasePort } from '../db/pglite.ts';
import type { PostgresDatabasePort } from '../db/postgres.ts';
import type { Log } from '../log.ts';
import { HEARTBEAT_SECONDS } from './lanes.ts';

export type QueueDatabase = PgliteDatabasePort | PostgresDatabasePort;

const YEAR_SECONDS = 365 * 24 * 3600;

/** pg-boss as the store of jobs. A `keeper` also looks after lost jobs and the clock's jobs; every worker is one. */
export async function openStore(options: {
  database: QueueDatabase;
  log: Log;
  keeper: boolean;
}): Promise<PgBoss> {
  const { database, log, keeper } = options;
  const boss = new PgBoss({
    db: database.kind === 'pglite' ? fromPglite(database.client) : overPool(database),
    backend: database.kind,
    schema: 'pgboss',
    supervise: keeper,
    schedule: keeper,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    cronMonitorIntervalSeconds: 20,
    cronWorkerIntervalSeconds: 2,
    reindex: database.kind === 'postgres',
  });
  boss.on('error', (error) => log.error({ error: String(error) }, 'the job store failed'));
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'the job store warns'));
  await boss.start();
  await prepareLanes(boss);
  return boss;
}

/**
 * 'exclusive' refuses a second job with the same singleton key while one waits or runs; every job has a key.
 * Done jobs are removed at once, so nothing is deleted by age: what stays is dead, and waits for a person.
 */
async function prepareLanes(boss: PgBoss): Promise<void> {
  const lane = {
    policy: 'exclusive',
    deleteAfterSeconds: 0,
    retentionSeconds: YEAR_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
  };
  await boss.createQueue('dead', {
    ...lane,
    policy: 'standard',
    retryLimit: 8,
    retryDelay: 5,
    retryBackoff: true,
  });
  await boss.createQueue('heavy', { ...lane, deadLetter: 'dead' });
  await boss.createQueue('light', { ...lane, deadLetter: 'dead' });
  // With a cold cache the first send inside a PGlite transaction would wait for itself.
  for (const name of ['dead', 'heavy', 'light']) await boss.findJobs(name, { id: crypto.randomUUID() });
}

function overPool({ pool }: PostgresDatabasePort): Db {
  return {
    executeSql: async (text, values) => {
      const client = await pool.connect();
      let failed = false;
      try {
        // Several statements at once answer with an array.
        const answer: { rows?: unknown[] } | { rows?: unknown[] }[] = await client.query(text, values);
        return { rows: [answer].flat().flatMap((one) => one.rows ?? []) };
      } catch (error) {
        failed = true;
        throw error;
      } finally {
        // A failed block may have left the connection inside its transaction: it is not used again.
        client.release(failed);
      }
    },
  };
}
