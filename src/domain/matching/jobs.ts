import { z } from 'zod';
import type { Context } from '#context.ts';
import type { JobDefinition } from '#platform/queue/queue.ts';

const eventJob = z.object({ eventId: z.uuid() });
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

export const matchingJobs = [weighPhotosJob] as const;
