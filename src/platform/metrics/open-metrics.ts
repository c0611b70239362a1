import type { Gauge, Registry } from 'prom-client';
import type { Log } from '../log.ts';
import type { Queue } from '../queue/queue.ts';
import { type Metrics, noMetrics } from './metrics.ts';
import { createQueueReader } from './queue-reader.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const REQUEST_SECONDS = [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10];
const JOB_SECONDS = [0.05, 0.25, 1, 2.5, 5, 15, 60, 300];

/** Counts from now on when a token lets someone read it; without one the library is not even loaded. */
export async function openMetrics(options: {
  token: string | null;
  queue: Pick<Queue, 'counts' | 'oldestWaitingSeconds'>;
  log: Log;
}): Promise<Metrics> {
  if (options.token === null) return noMetrics;
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'focus_racer_http_requests_total',
    help: 'Answered requests; status is the class of the answer, or cut.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'focus_racer_http_request_seconds',
    help: 'Time from a request to the end of its answer, without streams.',
    labelNames: ['route'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const jobs = new Counter({
    name: 'focus_racer_jobs_total',
    help: 'Attempts of jobs by how they ended.',
    labelNames: ['job', 'outcome'],
    registers,
  });
  const jobSeconds = new Histogram({
    name: 'focus_racer_job_seconds',
    help: 'Time of one attempt of a job.',
    labelNames: ['job'],
    buckets: JOB_SECONDS,
    registers,
  });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  const showQueue = watchQueue(gauge, createQueueReader(options.queue, options.log));

  return {
    requestEnded({ method, route, status, seconds }) {
      const known = METHODS.has(method) ? method : 'other';
      requests.inc({ method: known, route, status: statusClass(status) });
      if (seconds !== null) requestSeconds.observe({ route }, seconds);
    },
    jobEnded({ job, outcome, seconds }) {
      jobs.inc({ job, outcome });
      jobSeconds.observe({ job }, seconds);
    },
    watch(name, about, read) {
      registry.removeSingleMetric(name);
      new Gauge({ name, help: about, registers, collect: showNumber(read) });
    },
    write: async () => {
      await showQueue();
      return write(registry);
    },
  };
}

function statusClass(status: number | null): string {
  return status === null ? 'cut' : `${Math.floor(status / 100)}xx`;
}

/** The library hands a gauge to its reader as `this`. */
function showNumber(read: () => number) {
  return function show(this: Gauge): void {
    this.set(read());
  };
}

function watchQueue(
  gauge: (name: string, help: string, labelNames?: string[]) => Gauge,
  read: ReturnType<typeof createQueueReader>,
): () => Promise<void> {
  const jobs = gauge('focus_racer_queue_jobs', 'Jobs in the store of all processes.', ['job', 'state']);
  const oldest = gauge(
    'focus_racer_queue_oldest_waiting_seconds',
    'How long the oldest job that may run has waited.',
  );
  const answers = gauge('focus_racer_queue_answers', '1 while the store of jobs can be read, else 0.');
  return async () => {
    const state = await read();
    // A job's name that is gone from the store must not keep its last numbers.
    jobs.reset();
    answers.set(state ? 1 : 0);
    oldest.set(state?.oldestWaitingSeconds ?? 0);
    for (const { name, waiting, active, retrying, dead } of state?.counts ?? []) {
      for (const [kind, jobsThere] of Object.entries({ waiting, active, retrying, dead })) {
        jobs.set({ job: name, state: kind }, jobsThere);
      }
    }
  };
}

async function write(registry: Registry): Promise<{ contentType: string; text: string }> {
  return { contentType: registry.contentType, text: await registry.metrics() };
}
