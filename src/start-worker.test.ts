import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '#context.ts';
import { openMetrics } from '#platform/metrics/open-metrics.ts';
import type { AnyJob } from '#platform/queue/lanes.ts';
import { openQueue } from '#platform/queue/open-queue.ts';
import { openStore } from '#platform/queue/open-store.ts';
import { openTraces } from '#platform/traces/open-traces.ts';
import { noTraces } from '#platform/traces/traces.ts';
import { openTestDatabase } from '../tests/doubles/test-database.ts';
import { openTraceCollector, type TraceCollector } from '../tests/doubles/trace-collector.ts';
import { until } from '../tests/doubles/until.ts';
import { createTestContext } from '../tests/harness.ts';
import { startWorker } from './start-worker.ts';

const job = (name: string, run: AnyJob<Context>['run']): AnyJob<Context> => ({
  name,
  parse: (data) => data,
  run,
  maxAttempts: 1,
  backoffSeconds: 1,
  timeLimitSeconds: 30,
});

const jobs = [
  job('goes-well', async () => undefined),
  job('breaks', async () => {
    throw new Error('the printer is on fire');
  }),
  job('waits', async () => undefined),
];

async function openRoom(collector: TraceCollector) {
  const base = await createTestContext();
  const database = await openTestDatabase();
  const boss = await openStore({ database, log: base.log, keeper: true });
  const queue = openQueue({ boss, db: database.db, definitions: jobs });
  const ctx: Context = {
    ...base,
    queue,
    metrics: await openMetrics({ token: 'any', queue, log: base.log }),
    traces: await openTraces({ endpoint: collector.url, role: 'worker', log: base.log }),
  };
  const put = (name: string, options = {}) => queue.enqueue(database.db, name, { who: 'a@b.org' }, options);
  const close = async () => {
    await boss.stop({ graceful: false });
    await database.close();
  };
  return { ctx, log: base.log, boss, database, put, close };
}

describe('a worker tells of each attempt', () => {
  let collector: TraceCollector;
  let room: Awaited<ReturnType<typeof openRoom>>;
  beforeEach(async () => {
    collector = await openTraceCollector();
    room = await openRoom(collector);
  });
  afterEach(async () => {
    await room.close();
    await collector.close();
  });

  it('by the name of the job and its end, in counts and in traces, and of nobody in it', async () => {
    const { ctx, log, boss, database, put } = room;
    await put('goes-well');
    await put('breaks');
    await put('waits', { runAfterSeconds: 3600 });
    const worker = await startWorker({ ctx, boss, database, jobs, lightLanes: 2 });
    const ended = (message: string) => log.lines.some((line) => line.message === message);
    await until(() => ended('job done') && ended('job failed'));
    await worker.stop(1000);
    await ctx.traces.close(5000);

    const { text } = await ctx.metrics.write();
    expect(text).toContain('focus_racer_jobs_total{job="goes-well",outcome="done"} 1');
    expect(text).toContain('focus_racer_jobs_total{job="breaks",outcome="failed"} 1');
    expect(text).toContain('focus_racer_job_seconds_count{job="goes-well"} 1');
    expect(text).toContain('focus_racer_queue_jobs{job="breaks",state="dead"} 1');
    expect(text).toContain('focus_racer_queue_jobs{job="waits",state="waiting"} 1');
    // What is not due yet has not waited.
    expect(text).toMatch(/^focus_racer_queue_oldest_waiting_seconds 0$/m);

    const spans = new Map(collector.spans.map((span) => [span.name, span]));
    expect([...spans.keys()].toSorted()).toEqual(['breaks', 'goes-well']);
    expect(spans.get('goes-well')?.status?.code ?? 0).toBe(0);
    expect(spans.get('breaks')?.status).toEqual({ code: 2, message: 'the printer is on fire' });
    expect(collector.bodies.join()).not.toContain('@');
  });

  it('and of how long the oldest one waits', async () => {
    const { ctx, put, database } = room;
    await put('waits');
    await database.db.execute(sql`
      update pgboss.job set created_on = created_on - interval '90 seconds',
        start_after = start_after - interval '90 seconds'`);
    const { text } = await ctx.metrics.write();
    expect(text).toMatch(/^focus_racer_queue_oldest_waiting_seconds 9\d(\.\d+)?$/m);
  });
});

it('without the address of a collector there are no traces', async () => {
  const { log } = await createTestContext();
  expect(await openTraces({ endpoint: null, role: 'worker', log })).toBe(noTraces);
});
