import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newMemoryLog } from '../../../tests/doubles/memory-log.ts';
import { createOwnDatabase } from '../../../tests/doubles/test-database.ts';
import { until } from '../../../tests/doubles/until.ts';
import { openPostgres } from '../db/postgres.ts';
import { rows } from '../db/rows.ts';
import { openQueue } from './open-queue.ts';
import { openStore } from './open-store.ts';
import type { Queue } from './queue.ts';

const script = fileURLToPath(new URL('../../../tests/doubles/queue-child.ts', import.meta.url));
const definition = {
  name: 'photo',
  parse: (data: unknown) => data,
  run: async () => undefined,
  maxAttempts: 2,
  backoffSeconds: 1,
  timeLimitSeconds: 300,
  heavy: true,
};

describe('a worker that is lost', () => {
  const children: ChildProcess[] = [];
  let own: Awaited<ReturnType<typeof createOwnDatabase>>;
  let database: ReturnType<typeof openPostgres>;
  let boss: Awaited<ReturnType<typeof openStore>>;
  let queue: Queue;

  beforeAll(async () => {
    own = await createOwnDatabase();
    database = openPostgres({ ...own, poolSize: 4, onError: () => undefined });
    await database.migrate();
    await database.db.execute(sql`create table seen (what text, key text, attempt integer)`);
    boss = await openStore({ database, log: newMemoryLog(), keeper: false });
    queue = openQueue({ boss, db: database.db, definitions: [definition] });
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
  afterAll(async () => {
    await boss.stop({ graceful: false });
    await database.close();
    await own.drop();
  });

  function startChild(manner: 'hold' | 'finish'): ChildProcess {
    const child = spawn(process.execPath, [script, own.connectionString, manner], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return child;
  }

  const steps = (key: string) =>
    rows<{ what: string; attempt: number }>(
      database.db,
      sql`select what, attempt from seen where key = ${key} order by what, attempt`,
    );
  const sees = (key: string, what: string) =>
    until(async () => (await steps(key)).some((step) => step.what === what), 60_000);

  it('by SIGKILL has its job done by another within a minute', async () => {
    const first = startChild('hold');
    await queue.enqueue(database.db, 'photo', { key: 'killed' });
    await sees('killed', 'begun');
    first.kill('SIGKILL');
    startChild('finish');
    await sees('killed', 'done');
    expect(await steps('killed')).toEqual([
      { what: 'begun', attempt: 1 },
      { what: 'begun', attempt: 2 },
      { what: 'done', attempt: 2 },
    ]);
    await until(async () => (await queue.counts()).length === 0);
  }, 90_000);

  it('by SIGKILL in its last attempt has its end told once', async () => {
    const first = startChild('hold');
    await queue.enqueue(database.db, 'photo', { key: 'twice' });
    await sees('twice', 'begun');
    await database.db.execute(sql`update pgboss.job set retry_count = 1 where state = 'active'`);
    first.kill('SIGKILL');
    startChild('finish');
    startChild('finish');
    await sees('twice', 'dead');
    expect(await steps('twice')).toEqual([
      { what: 'begun', attempt: 1 },
      { what: 'dead', attempt: 0 },
    ]);
    expect(await queue.listDead({ limit: 5 })).toMatchObject([{ name: 'photo', data: { key: 'twice' } }]);
  }, 90_000);

  it('frozen past its heartbeat cannot end the job that another has done', async () => {
    const frozen = startChild('hold');
    await queue.enqueue(database.db, 'photo', { key: 'frozen' });
    await sees('frozen', 'begun');
    frozen.kill('SIGSTOP');
    startChild('finish');
    await sees('frozen', 'done');
    await until(async () => (await queue.counts()).every((count) => count.active + count.retrying === 0));
    frozen.kill('SIGCONT');
    let printed = '';
    frozen.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    // Its heartbeat finds that the job is gone, so nothing is given back or settled at its stop.
    frozen.kill('SIGTERM');
    await once(frozen, 'exit');
    expect(printed).not.toContain('job done');
    expect((await queue.counts()).every((count) => count.waiting + count.active === 0)).toBe(true);
  }, 120_000);
});
