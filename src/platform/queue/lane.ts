import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Log } from '../log.ts';
import { reasonOf } from './failure-reason.ts';
import { type Claim, createEndings, type Endings, idsIn } from './job-endings.ts';
import type { LaneName } from './lanes.ts';
import type { JobObserver, JobOutcome } from './queue.ts';

interface LaneOptions {
  boss: PgBoss;
  log: Log;
  name: LaneName;
  /** Jobs at once. */
  slots: number;
  limitMs(job: JobWithMetadata): number;
  run(job: JobWithMetadata, signal: AbortSignal): Promise<void>;
  observe?: JobObserver;
}

export interface Lane {
  /** Fetches what free slots can take, now. */
  look(): void;
  /** Tells the store that the running jobs are alive, and stops those that are no longer ours. */
  beat(): Promise<void>;
  /** Takes no more jobs, waits for running ones up to `graceMs`, and returns those it interrupted. */
  stop(graceMs: number): Promise<JobWithMetadata[]>;
}

interface Running {
  job: JobWithMetadata;
  abort: AbortController;
  ended: Promise<void>;
}

const SETTLE_TRIES = 5;

export function createLane(options: LaneOptions): Lane {
  const { boss, log, name, slots } = options;
  const running = new Map<string, Running>();
  const endings = createEndings(boss, name);
  let looking = false;
  let lookAgain = false;
  let stopping = false;
  let fetching: Promise<void> = Promise.resolve();

  const look = () => {
    lookAgain = true;
    if (looking || stopping) return;
    looking = true;
    fetching = fill().finally(() => {
      looking = false;
    });
  };

  const fill = async () => {
    try {
      while (lookAgain && !stopping) {
        lookAgain = false;
        const free = slots - running.size;
        if (free < 1) return;
        const jobs = await boss.fetch<object>(name, { batchSize: free, includeMetadata: true });
        for (const job of jobs) begin(job);
        // A full answer means that more may wait.
        if (jobs.length === free) lookAgain = running.size < slots;
      }
    } catch (error) {
      // The next poll tries again.
      log.warn({ lane: name, reason: reasonOf(error) }, 'jobs could not be fetched');
    }
  };

  const begin = (job: JobWithMetadata) => {
    const abort = new AbortController();
    const entry: Running = { job, abort, ended: Promise.resolve() };
    running.set(job.id, entry);
    entry.ended = work(entry).finally(() => {
      running.delete(job.id);
      look();
    });
  };

  const work = async ({ job, abort }: Running) => {
    const startedAt = performance.now();
    const observed = options.observe?.(job.groupId ?? '');
    const reason = await attempt(options, job, abort);
    const seconds = (performance.now() - startedAt) / 1000;
    const tell = (outcome: JobOutcome) => observed?.({ outcome, seconds, reason });
    // What is interrupted by a stop or taken by another worker is not ours to settle.
    if (abort.signal.reason === INTERRUPTED) {
      tell('interrupted');
      return;
    }
    const durationMs = Math.round(seconds * 1000);
    const facts = { job: job.groupId, jobId: job.id, attempt: job.retryCount + 1, durationMs };
    const settled = await settle(endings, log, job, reason);
    tell(settled ? (reason === null ? 'done' : 'failed') : 'lost');
    if (!settled) log.warn(facts, 'a job ended after it was given to another worker');
    else if (reason === null) log.info(facts, 'job done');
    else log.warn({ ...facts, reason }, 'job failed');
  };

  const beat = async () => {
    const held = [...running.values()];
    if (held.length === 0) return;
    try {
      const answer = await boss.touch(
        name,
        held.map(({ job }) => ({ id: job.id, retryCount: job.retryCount })),
      );
      const ours = new Set(idsIn(answer));
      for (const { job, abort } of held) {
        if (!ours.has(job.id) && running.has(job.id)) abort.abort(INTERRUPTED);
      }
    } catch (error) {
      log.warn({ lane: name, reason: reasonOf(error) }, 'the heartbeat did not reach the store');
    }
  };

  const stop = async (graceMs: number) => {
    stopping = true;
    await fetching;
    const ended = Promise.all([...running.values()].map((entry) => entry.ended));
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([ended, grace]);
    clearTimeout(timer);
    const unfinished = [...running.values()];
    for (const { abort } of unfinished) abort.abort(INTERRUPTED);
    return unfinished.map(({ job }) => job);
  };

  return { look, beat, stop };
}

const INTERRUPTED = new Error('interrupted: the job is not held by this worker any more');

/** Null when the job went well, else why not. Ends at the time limit even if the job does not. */
async function attempt(
  options: LaneOptions,
  job: JobWithMetadata,
  abort: AbortController,
): Promise<string | null> {
  const limit = new Error('the time limit is over');
  const timer = setTimeout(() => abort.abort(limit), options.limitMs(job));
  const aborted = new Promise<never>((_, reject) => {
    abort.signal.addEventListener('abort', () => reject(abort.signal.reason), { once: true });
  });
  try {
    await Promise.race([options.run(job, abort.signal), aborted]);
    return null;
  } catch (error) {
    return reasonOf(error);
  } finally {
    clearTimeout(timer);
  }
}

/** False when another worker holds the job by now: then nothing was written. */
async function settle(
  endings: Endings,
  log: Log,
  job: JobWithMetadata,
  reason: string | null,
): Promise<boolean> {
  const claim: Claim = { id: job.id, retryCount: job.retryCount };
  for (let tries = 1; tries <= SETTLE_TRIES; tries += 1) {
    try {
      return await (reason === null ? endings.done(claim) : endings.failed(claim, reason));
    } catch (error) {
      log.warn({ jobId: job.id, tries, reason: reasonOf(error) }, 'the end of a job could not be written');
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** tries));
    }
  }
  // Without heartbeat the keeper gives it to another worker, as after a kill.
  return false;
}
