import { z } from 'zod';
import type { Context } from '#context.ts';
import type { JobDefinition } from '#platform/queue/queue.ts';

const connectionJob = z.object({ connectionId: z.uuid() });
const nothing = z.object({});

const queueScheduledJob: JobDefinition<object, Context> = {
  name: 'queue-scheduled-connections',
  parse: (data) => nothing.parse(data),
  run: async (ctx) => {
    await (await import('./fetch-scheduled.ts')).queueScheduled(ctx);
  },
  maxAttempts: 1,
  backoffSeconds: 5,
  timeLimitSeconds: 60,
  schedule: '*/15 * * * *',
};

const fetchConnectionJob: JobDefinition<z.output<typeof connectionJob>, Context> = {
  name: 'fetch-connection',
  parse: (data) => connectionJob.parse(data),
  run: async (ctx, data) => (await import('./fetch-scheduled.ts')).fetchScheduled(ctx, data),
  maxAttempts: 1,
  backoffSeconds: 30,
  timeLimitSeconds: 300,
};

export const connectionJobs = [queueScheduledJob, fetchConnectionJob] as const;
