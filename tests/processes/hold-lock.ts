import { Client } from 'pg';
import { until } from '../doubles/until.ts';

export interface HeldLock {
  /** Resolves when somebody waits for this very lock. */
  isWaitedFor(): Promise<unknown>;
  /** Safe to call twice. */
  release(): Promise<void>;
}

/** Takes a lock by a statement and keeps it, so that a process stands still at an exact place, without a hook in it. */
export async function holdLock(
  databaseUrl: string | null,
  statement: string,
  values: string[] = [],
): Promise<HeldLock> {
  if (!databaseUrl) throw new Error('only PostgreSQL has locks between processes');
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('begin');
  await client.query(statement, values);
  const countWaiting = 'select 1 from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))';
  let released = false;
  return {
    isWaitedFor: () => until(async () => (await client.query(countWaiting)).rows.length > 0, 60_000),
    release: async () => {
      if (released) return;
      released = true;
      await client.query('rollback');
      await client.end();
    },
  };
}
