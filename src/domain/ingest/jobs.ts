import { z } from 'zod';
import type { Context } from '#context.ts';
import type { JobDefinition } from '#platform/queue/queue.ts';

const photoJob = z.object({ photoId: z.uuid() });
type PhotoJob = z.output<typeof photoJob>;
const eventJob = z.object({ eventId: z.uuid() });
type EventJob = z.output<typeof eventJob>;
const nothing = z.object({});

const preparePhotoJob: JobDefinition<PhotoJob, Context> = {
  name: 'prepare-photo',
  parse: (data) => photoJob.parse(data),
  run: async (ctx, data, attempt) => (await import('./prepare-photo.ts')).preparePhoto(ctx, data, attempt),
  onDead: async (ctx, data, error) => {
    const { failPhoto, reasonOfDeadJob } = await import('./fail-photo.ts');
    await failPhoto(ctx, { photoId: data.photoId, reason: reasonOfDeadJob(error.message) });
  },
  maxAttempts: 3,
  backoffSeconds: 5,
  timeLimitSeconds: 180,
  heavy: true,
};

const recognisePhotoJob: JobDefinition<PhotoJob, Context> = {
  name: 'recognise-photo',
  parse: (data) => photoJob.parse(data),
  run: async (ctx, data) => (await import('./recognise-photo.ts')).recognisePhoto(ctx, data),
  onDead: async (ctx, data) => (await import('#domain/photos/ask-rereading.ts')).dropRereading(ctx, data),
  maxAttempts: 3,
  backoffSeconds: 5,
  timeLimitSeconds: 180,
  heavy: true,
};

const queueRereadingsJob: JobDefinition<EventJob, Context> = {
  name: 'queue-rereadings',
  parse: (data) => eventJob.parse(data),
  run: async (ctx, data) => (await import('./queue-rereadings.ts')).queueRereadings(ctx, data),
  maxAttempts: 5,
  backoffSeconds: 10,
  timeLimitSeconds: 1800,
};

const sweepPhotosJob: JobDefinition<object, Context> = {
  name: 'sweep-photos',
  parse: (data) => nothing.parse(data),
  run: async (ctx) => {
    await (await import('./sweep-photos.ts')).sweepPhotos(ctx);
  },
  maxAttempts: 1,
  backoffSeconds: 5,
  timeLimitSeconds: 120,
  schedule: '*/5 * * * *',
};

const sweepUploadsJob: JobDefinition<object, Context> = {
  name: 'sweep-uploads',
  parse: (data) => nothing.parse(data),
  run: async (ctx) => {
    await (await import('./sweep-uploads.ts')).sweepUploads(ctx);
  },
  maxAttempts: 1,
  backoffSeconds: 5,
  timeLimitSeconds: 120,
  schedule: '17 * * * *',
};

export const ingestJobs = [
  preparePhotoJob,
  recognisePhotoJob,
  queueRereadingsJob,
  sweepPhotosJob,
  sweepUploadsJob,
] as const;
