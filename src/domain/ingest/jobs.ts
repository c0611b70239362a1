import { z } from 'zod';
import type { Context } from '#context.ts';
import type { JobDefinition } from '#platform/queue/queue.ts';

const photoJob = z.object({ photoId: z.uuid() });
type PhotoJob = z.output<typeof photoJob>;
const editJob = z.object({ photoId: z.uuid(), accept: z.boolean() });
type EditJob = z.output<typeof editJob>;
const judgeJob = z.object({
  eventId: z.uuid(),
  why: z.enum(['photos', 'list']),
  bibs: z.array(z.string()).optional(),
});
type JudgeJob = z.output<typeof judgeJob>;
const eventJob = z.object({ eventId: z.uuid() });
type EventJob = z.output<typeof eventJob>;
const cameraJob = z.object({ eventId: z.uuid(), cameraKey: z.string().min(1) });
type CameraJob = z.output<typeof cameraJob>;
const clocksJob = z.object({ eventId: z.uuid(), why: z.enum(['photos', 'timing']) });
type ClocksJob = z.output<typeof clocksJob>;
const timingJob = z.object({ eventId: z.uuid(), bibs: z.array(z.string()).optional() });
type TimingJob = z.output<typeof timingJob>;
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

const renderEditJob: JobDefinition<EditJob, Context> = {
  name: 'render-edit',
  parse: (data) => editJob.parse(data),
  run: async (ctx, data) => (await import('./render-edit.ts')).renderEdit(ctx, data),
  onDead: async (ctx, data) => (await import('#domain/photos/ask-edit.ts')).dropEdit(ctx, data),
  maxAttempts: 6,
  backoffSeconds: 10,
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

const judgeEventJob: JobDefinition<JudgeJob, Context> = {
  name: 'judge-event',
  parse: (data) => judgeJob.parse(data),
  run: async (ctx, data) => {
    await (await import('./judge-event.ts')).judgeEvent(ctx, data);
  },
  maxAttempts: 3,
  backoffSeconds: 30,
  timeLimitSeconds: 1800,
};

const stackPhotosJob: JobDefinition<EventJob, Context> = {
  name: 'stack-photos',
  parse: (data) => eventJob.parse(data),
  run: async (ctx, data) => {
    await (await import('./stack-photos.ts')).stackPhotos(ctx, data);
  },
  maxAttempts: 5,
  backoffSeconds: 10,
  timeLimitSeconds: 600,
};

const followTimingJob: JobDefinition<TimingJob, Context> = {
  name: 'follow-timing',
  parse: (data) => timingJob.parse(data),
  run: async (ctx, data) => (await import('./follow-timing.ts')).followTiming(ctx, data),
  maxAttempts: 5,
  backoffSeconds: 10,
  timeLimitSeconds: 1800,
};

const solveClocksJob: JobDefinition<ClocksJob, Context> = {
  name: 'solve-clocks',
  parse: (data) => clocksJob.parse(data),
  run: async (ctx, data) => {
    await (await import('./solve-clocks.ts')).solveClocks(ctx, data);
  },
  maxAttempts: 3,
  backoffSeconds: 30,
  timeLimitSeconds: 600,
};

const applyClockJob: JobDefinition<CameraJob, Context> = {
  name: 'apply-clock',
  parse: (data) => cameraJob.parse(data),
  run: async (ctx, data) => (await import('./apply-clock.ts')).applyClock(ctx, data),
  maxAttempts: 5,
  backoffSeconds: 10,
  timeLimitSeconds: 600,
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

const sweepMarksJob: JobDefinition<object, Context> = {
  name: 'sweep-marks',
  parse: (data) => nothing.parse(data),
  run: async (ctx) => {
    await (await import('./sweep-marks.ts')).sweepMarks(ctx);
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

/** Faces at a recogniser outside that may not stand there any more. */
const sweepIndexedPhotosJob: JobDefinition<object, Context> = {
  name: 'sweep-indexed-photos',
  parse: (data) => nothing.parse(data),
  run: async (ctx) => {
    await (await import('./sweep-indexed-photos.ts')).sweepIndexedPhotos(ctx);
  },
  maxAttempts: 1,
  backoffSeconds: 5,
  timeLimitSeconds: 600,
  schedule: '41 * * * *',
};

export const ingestJobs = [
  preparePhotoJob,
  recognisePhotoJob,
  renderEditJob,
  queueRereadingsJob,
  judgeEventJob,
  followTimingJob,
  solveClocksJob,
  applyClockJob,
  stackPhotosJob,
  sweepPhotosJob,
  sweepMarksJob,
  sweepUploadsJob,
  sweepIndexedPhotosJob,
] as const;
