import { z } from 'zod';
import type { Context } from '#context.ts';
import type { JobDefinition } from '#platform/queue/queue.ts';

const eventJob = z.object({ eventId: z.uuid() });
const nothing = z.object({});
type EventJob = z.output<typeof eventJob>;

const weighPhotosJob: JobDefinition<EventJob, Context> = {
  name: 'weigh-photos',
  parse: (data) => eventJob.parse(data),
  run: async (ctx, data) => {
    await (await import('./weigh-photos.ts')).weighPhotos(ctx, data);
  },
  maxAttempts: 5,
  backoffSeconds: 10,
  timeLimitSeconds: 1800,
};

const sweepClothingJob: JobDefinition<object, Context> = {
  name: 'sweep-clothing',
  parse: (data) => nothing.parse(data),
  run: async (ctx) => {
    await (await import('./sweep-clothing.ts')).sweepClothing(ctx);
  },
  maxAttempts: 1,
  backoffSeconds: 5,
  timeLimitSeconds: 600,
  schedule: '53 * * * *',
};

export const matchingJobs = [weighPhotosJob, sweepClothingJob] as const;
