import { sql } from 'drizzle-orm';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Log } from '../log.ts';
import { readReason } from './failure-reason.ts';
import { createLane, type Lane } from './lane.ts';
import { type AnyJob, byName, HEARTBEAT_SECONDS, type LaneName, laneOf } from './lanes.ts';
import { jobOptions } from './open-queue.ts';
import type { QueueDatabase } from './open-store.ts';
import type { JobObserver, QueueWorker } from './queue.ts';
import { listenForJobs } from './wake.ts';

export interface QueueWorkerOptions<Ctx> {
  /** A store opened as keeper. */
  boss: PgBoss;
  database: QueueDatabase;
  log: Log;
  definitions: readonly AnyJob<Ctx>[];
  /** The context a job runs with. */
  contextFor(jobName: string): Ctx;
  heavyLanes: number;
  lightLanes: number;
  /** Told of every attempt by the job's name. */
  observe?: JobObserver;
}

/** Notices wake the worker at once; this is how often it looks by itself: retries fall due without a notice. */
const POLL_MS = 2_000;
const BEAT_MS = (HEARTBEAT_SECONDS * 1000) / 4;

export function createQueueWorker<Ctx>(options: QueueWorkerOptions<Ctx>): QueueWorker {
  const { boss, database, log } = options;
  const known = byName(options.definitions);
  const run = (job: JobWithMetadata, signal: AbortSignal) => runJob(options, known, job, signal);
  const bury = (job: JobWithMetadata) => buryJob(options, known, job);
  const limitOf = (job: JobWithMetadata) => (known.get(job.groupId ?? '')?.timeLimitSeconds ?? 60) * 1000;
  const common = { boss, log, limitMs: limitOf };
  // What stands in the store may be older than these definitions: its names are not told on.
  const observe: JobObserver | undefined =
    options.observe && ((name) => options.observe?.(known.has(name) ? name : 'unknown') ?? (() => undefined));
  const lanes: Record<LaneName, Lane> = {
    heavy: createLane({ ...common, name: 'heavy', slots: options.heavyLanes, run, observe }),
    light: createLane({ ...common, name: 'light', slots: options.lightLanes, run, observe }),
    dead: createLane({ ...common, name: 'dead', slots: 1, run: bury }),
  };
  const all = Object.values(lanes);
  let unlisten: (() => Promise<void>) | null = null;
  const timers: NodeJS.Timeout[] = [];

  return {
    start: async () => {
      await schedule(boss, options.definitions);
      unlisten = await listenForJobs(database, log, (lane) => {
        if (lane === 'heavy' || lane === 'light') lanes[lane].look();
      });
      timers.push(setInterval(() => void all.map((lane) => lane.look()), POLL_MS));
      timers.push(setInterval(() => void all.map((lane) => lane.beat()), BEAT_MS));
      for (const lane of all) lane.look();
    },
    stop: async (graceMs) => {
      timers.forEach(clearInterval);
      await unlisten?.();
      const unfinished = (await Promise.all(all.map((lane) => lane.stop(graceMs)))).flat();
      await giveBack(database, unfinished);
      if (unfinished.length > 0) log.info({ jobs: unfinished.length }, 'unfinished jobs were given back');
    },
  };
}

async function runJob<Ctx>(
  options: QueueWorkerOptions<Ctx>,
  known: Map<string, AnyJob<Ctx>>,
  job: JobWithMetadata,
  signal: AbortSignal,
): Promise<void> {
  const name = job.groupId ?? '';
  const definition = known.get(name);
  if (!definition) throw new Error(`no job is called ${name}`);
  const { maxAttempts } = definition;
  const attempt = { attempt: job.retryCount + 1, maxAttempts, jobId: job.id, signal };
  await definition.run(options.contextFor(name), definition.parse(job.data), attempt);
}

/** Ends the subject of a job that died. pg-boss adds this job in the statement in which the other one dies. */
async function buryJob<Ctx>(
  options: QueueWorkerOptions<Ctx>,
  known: Map<string, AnyJob<Ctx>>,
  job: JobWithMetadata,
): Promise<void> {
  const name = job.groupId ?? '';
  const message = readReason(job.sourceOutput);
  options.log.error({ job: name, jobId: job.sourceId, reason: message }, 'a job died');
  const definition = known.get(name);
  await definition?.onDead?.(options.contextFor(name), definition.parse(job.data), { message });
}

async function schedule<Ctx>(boss: PgBoss, definitions: readonly AnyJob<Ctx>[]): Promise<void> {
  const wanted = definitions.filter((definition) => definition.schedule);
  for (const { name, key } of await boss.getSchedules()) {
    if (!wanted.some((definition) => definition.name === key)) await boss.unschedule(name, key);
  }
  for (const definition of wanted) {
    const { name, schedule: cron = '' } = definition;
    const once = { key: name, singletonKey: `${name}/scheduled`, tz: 'UTC' };
    await boss.schedule(laneOf(definition), cron, {}, { ...jobOptions(definition), ...once });
  }
}

/** Runnable again at once, and the interrupted attempt does not count. A job that another worker holds by now is left alone. */
async function giveBack(database: QueueDatabase, jobs: JobWithMetadata[]): Promise<void> {
  for (const { name, id, retryCount } of jobs) {
    await database.db.execute(sql`
      update pgboss.job set state = 'created', started_on = null, heartbeat_on = null
      where name = ${name} and id = ${id} and state = 'active' and retry_count = ${retryCount}`);
  }
}
