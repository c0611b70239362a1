// A worker in its own process: node queue-child.ts <postgres address> <hold|finish>
import { sql } from 'drizzle-orm';
import { openPostgres } from '#platform/db/postgres.ts';
import type { AnyJob } from '#platform/queue/lanes.ts';
import { openStore } from '#platform/queue/open-store.ts';
import { createQueueWorker } from '#platform/queue/queue-worker.ts';
import { newMemoryLog } from './memory-log.ts';

const [connectionString = '', manner] = process.argv.slice(2);
const database = openPostgres({ connectionString, poolSize: 4, onError: () => undefined });
const log = newMemoryLog();
const note = (what: string, key: string, attempt: number) =>
  database.db.execute(sql`insert into seen (what, key, attempt) values (${what}, ${key}, ${attempt})`);

const photo: AnyJob<null> = {
  name: 'photo',
  parse: (data) => data,
  maxAttempts: 2,
  backoffSeconds: 1,
  timeLimitSeconds: 300,
  heavy: true,
  run: async (_ctx, data: { key: string }, { attempt }) => {
    await note('begun', data.key, attempt);
    if (manner === 'hold') await new Promise((resolve) => setTimeout(resolve, 45_000));
    await note('done', data.key, attempt);
  },
  onDead: async (_ctx, data: { key: string }) => {
    await note('dead', data.key, 0);
  },
};

const boss = await openStore({ database, log, keeper: true });
const worker = createQueueWorker({
  boss,
  database,
  log,
  definitions: [photo],
  contextFor: () => null,
  heavyLanes: 1,
  lightLanes: 1,
});
await worker.start();
process.on('SIGTERM', async () => {
  await worker.stop(100);
  process.stdout.write(JSON.stringify(log.lines));
  process.exit(0);
});
