import { randomUUID } from 'node:crypto';
import type { Context } from '#context.ts';
import { withActor } from '#context.ts';
import type { EnqueueOptions, JobDefinition, Queue } from '#platform/queue/queue.ts';

export interface MemoryJob {
  id: string;
  name: string;
  data: object;
  options: EnqueueOptions;
}

/** Keeps what was enqueued, also when the caller's transaction rolled back: the contract test covers that on the real one. */
export interface MemoryQueue extends Queue {
  /** Waiting jobs, oldest first. */
  readonly jobs: MemoryJob[];
  named(name: string): MemoryJob[];
}

export function newMemoryQueue(): MemoryQueue {
  const jobs: MemoryJob[] = [];
  return {
    jobs,
    named: (name) => jobs.filter((job) => job.name === name),
    enqueue: async (_db, name, data, options = {}) => {
      const { singletonKey } = options;
      const waits = jobs.some((job) => job.name === name && job.options.singletonKey === singletonKey);
      if (singletonKey !== undefined && waits) return;
      jobs.push({ id: randomUUID(), name, data, options });
    },
    counts: async () =>
      [...new Set(jobs.map((job) => job.name))].map((name) => ({
        name,
        waiting: jobs.filter((job) => job.name === name).length,
        active: 0,
        retrying: 0,
        dead: 0,
      })),
    oldestWaitingSeconds: async () => 0,
    listDead: async () => [],
    retryDead: async () => false,
    dropDead: async () => false,
    ping: async () => undefined,
  };
}

/** Runs the waiting jobs and those they add, as the worker would, until none of these definitions is left. */
export async function runJobs(
  ctx: Context & { queue: MemoryQueue },
  definitions: readonly Runnable[],
  limit = 1000,
): Promise<number> {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  for (let ran = 0; ran < limit; ran += 1) {
    const index = ctx.queue.jobs.findIndex((job) => byName.has(job.name));
    const [job] = index < 0 ? [] : ctx.queue.jobs.splice(index, 1);
    const definition = job && byName.get(job.name);
    if (!definition) return ran;
    const system = withActor(ctx, { kind: 'system', name: job.name });
    await definition.run(system, definition.parse(job.data), {
      attempt: 1,
      maxAttempts: definition.maxAttempts,
      jobId: job.id,
      signal: new AbortController().signal,
    });
  }
  throw new Error(`more than ${limit} jobs ran`);
}

type Runnable = Pick<JobDefinition<never, Context>, 'name' | 'maxAttempts'> & {
  parse(data: unknown): never;
  run: JobDefinition<never, Context>['run'];
};
