import type { PgBoss } from 'pg-boss';
import { type Context, withActor } from '#context.ts';
import type { AnyJob } from '#platform/queue/lanes.ts';
import type { QueueDatabase } from '#platform/queue/open-store.ts';
import type { QueueWorker } from '#platform/queue/queue.ts';
import { createQueueWorker } from '#platform/queue/queue-worker.ts';

/** Starts the lanes of this process: as many heavy ones as photos may be read at once. */
export async function startWorker(options: {
  ctx: Context;
  boss: PgBoss;
  database: QueueDatabase;
  jobs: readonly AnyJob<Context>[];
  lightLanes: number;
}): Promise<QueueWorker> {
  const { ctx, boss, database, jobs, lightLanes } = options;
  const worker = createQueueWorker({
    boss,
    database,
    log: ctx.log,
    definitions: jobs,
    contextFor: (name) => withActor({ ...ctx, log: ctx.log.child({ job: name }) }, { kind: 'system', name }),
    heavyLanes: ctx.config.aiMaxConcurrent,
    lightLanes,
  });
  await worker.start();
  ctx.log.info({ heavyLanes: ctx.config.aiMaxConcurrent, jobs: jobs.length }, 'job lanes started');
  return worker;
}
