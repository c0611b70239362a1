import type { PgBoss } from 'pg-boss';
import { type Context, withActor } from '#context.ts';
import type { AnyJob } from '#platform/queue/lanes.ts';
import type { QueueDatabase } from '#platform/queue/open-store.ts';
import type { JobObserver, QueueWorker } from '#platform/queue/queue.ts';
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
    observe: observeJobs(ctx),
  });
  await worker.start();
  ctx.log.info({ heavyLanes: ctx.config.aiMaxConcurrent, jobs: jobs.length }, 'job lanes started');
  return worker;
}

function observeJobs(ctx: Context): JobObserver {
  return (job) => {
    const span = ctx.traces.begin('works', job, {});
    return ({ outcome, seconds, reason }) => {
      ctx.metrics.jobEnded({ job, outcome, seconds });
      span.end({ error: reason, facts: { 'focus_racer.outcome': outcome } });
    };
  };
}
