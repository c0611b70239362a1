import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newMemoryLog } from '../../../tests/doubles/memory-log.ts';
import { availableDatabases, openTestDatabase } from '../../../tests/doubles/test-database.ts';
import { until } from '../../../tests/doubles/until.ts';
import type { AnyJob } from './lanes.ts';
import { openQueue } from './open-queue.ts';
import { openStore } from './open-store.ts';
import type { Queue, QueueWorker } from './queue.ts';
import { createQueueWorker } from './queue-worker.ts';

type Step = { key: string; attempt: number };
const done: Step[] = [];
const dead: { key: string; message: string }[] = [];
const gates = new Map<string, Promise<void>>();

function job(name: string, change: Partial<AnyJob<null>> = {}): AnyJob<null> {
  return {
    name,
    parse: (data) => data,
    maxAttempts: 2,
    backoffSeconds: 1,
    timeLimitSeconds: 30,
    run: async (_ctx, data: { key: string; failTimes?: number }, { attempt }) => {
      await gates.get(data.key);
      if (attempt <= (data.failTimes ?? 0)) throw new Error(`attempt ${attempt} of ${data.key} failed`);
      done.push({ key: data.key, attempt });
    },
    onDead: async (_ctx, data: { key: string }, { message }) => {
      dead.push({ key: data.key, message });
    },
    ...change,
  };
}

const definitions = [
  job('small'),
  job('pixels', { heavy: true }),
  job('short', {
    timeLimitSeconds: 1,
    maxAttempts: 1,
    run: (_ctx, _data, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  }),
];

const seen = (key: string) => done.filter((step) => step.key === key);

describe.each(availableDatabases)('queue on %s', (kind) => {
  let database: Awaited<ReturnType<typeof openTestDatabase>>;
  let boss: Awaited<ReturnType<typeof openStore>>;
  let queue: Queue;
  const log = newMemoryLog();

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    boss = await openStore({ database, log, keeper: true });
    queue = openQueue({ boss, db: database.db, definitions });
  });
  afterAll(async () => {
    await boss.stop({ graceful: false });
    await database.close();
  });

  function newWorker(heavyLanes = 1): QueueWorker {
    const contextFor = () => null;
    return createQueueWorker({ boss, database, log, definitions, contextFor, heavyLanes, lightLanes: 8 });
  }

  async function whileWorking(work: () => Promise<void>): Promise<void> {
    const worker = newWorker();
    await worker.start();
    try {
      await work();
    } finally {
      await worker.stop(5_000);
    }
  }

  const put = (name: string, data: { key: string; failTimes?: number }, options = {}) =>
    queue.enqueue(database.db, name, data, options);

  it('runs a job once, at once, and forgets it', async () => {
    await whileWorking(async () => {
      await put('small', { key: `${kind}-once` });
      await until(() => seen(`${kind}-once`).length > 0, 1_500);
    });
    expect(seen(`${kind}-once`)).toEqual([{ key: `${kind}-once`, attempt: 1 }]);
    expect(await queue.counts()).toEqual([]);
  });

  it('has no job when the transaction that added it is rolled back', async () => {
    const failing = database.db.transaction(async (tx) => {
      await queue.enqueue(tx, 'small', { key: 'never' });
      throw new Error('the photo row was refused');
    });
    await expect(failing).rejects.toThrow('refused');
    expect(await queue.counts()).toEqual([]);
  });

  it('refuses a job that nobody handles', async () => {
    expect(() => put('unknown', { key: 'x' })).toThrow('no job is called unknown');
  });

  it('adds no second job while one with its singleton key waits', async () => {
    await put('small', { key: `${kind}-single` }, { singletonKey: 'one' });
    await put('small', { key: `${kind}-single` }, { singletonKey: 'one' });
    expect(await queue.counts()).toMatchObject([{ name: 'small', waiting: 1 }]);
    await whileWorking(async () => {
      await until(() => seen(`${kind}-single`).length > 0);
    });
    expect(seen(`${kind}-single`)).toHaveLength(1);
  });

  it('tries again after a failure, and counts the attempts', async () => {
    await whileWorking(async () => {
      await put('small', { key: `${kind}-again`, failTimes: 1 });
      await until(() => seen(`${kind}-again`).length > 0);
    });
    expect(seen(`${kind}-again`)).toEqual([{ key: `${kind}-again`, attempt: 2 }]);
  });

  it('ends a job that fails every time exactly once, lists it, and runs it again on demand', async () => {
    const key = `${kind}-dies`;
    await whileWorking(async () => {
      await put('small', { key, failTimes: 2 });
      await until(() => dead.some((end) => end.key === key));
      const [entry] = await queue.listDead({ limit: 5 });
      expect(entry).toMatchObject({ name: 'small', data: { key }, reason: `attempt 2 of ${key} failed` });
      expect(dead.filter((end) => end.key === key)).toEqual([{ key, message: `attempt 2 of ${key} failed` }]);
      expect(await queue.retryDead(entry?.id ?? '')).toBe(true);
      expect(await queue.retryDead(entry?.id ?? '')).toBe(false);
      await until(async () => (await queue.listDead({ limit: 5 })).length === 1);
    });
    const [again] = await queue.listDead({ limit: 5 });
    expect(await queue.dropDead(again?.id ?? '')).toBe(true);
    expect(await queue.dropDead(again?.id ?? '')).toBe(false);
  });

  it('gives up a job at its time limit', async () => {
    await whileWorking(async () => {
      await put('short', { key: `${kind}-slow` });
      const end = await until(() => dead.find(({ key }) => key === `${kind}-slow`));
      expect(end.message).toBe('the time limit is over');
    });
  });

  it('lets a small event pass the photos of a big one, and live photos pass all', async () => {
    const start = done.length;
    for (let n = 0; n < 60; n += 1) await put('pixels', { key: `${kind}-big-${n}` }, { shareKey: 'big' });
    for (let n = 0; n < 3; n += 1) await put('pixels', { key: `${kind}-tiny-${n}` }, { shareKey: 'tiny' });
    await put('pixels', { key: `${kind}-live` }, { shareKey: 'big', live: true });
    await whileWorking(async () => {
      await until(() => done.length === start + 64);
    });
    const order = done.slice(start).map((step) => step.key);
    expect(order[0]).toBe(`${kind}-live`);
    const lastTiny = Math.max(...order.map((key, index) => (key.includes('tiny') ? index : 0)));
    expect(lastTiny).toBeLessThanOrEqual(9);
  });

  it('runs background jobs behind all others, fairly among themselves, and never slows those that come later', async () => {
    const start = done.length;
    const background = (shareKey: string) => ({ shareKey, background: true });
    for (let n = 0; n < 6; n += 1) await put('pixels', { key: `${kind}-old-${n}` }, background('old'));
    for (let n = 0; n < 2; n += 1) await put('pixels', { key: `${kind}-few-${n}` }, background('few'));
    for (let n = 0; n < 3; n += 1) await put('pixels', { key: `${kind}-fresh-${n}` }, { shareKey: 'fresh' });
    await whileWorking(async () => {
      await until(() => done.length === start + 11);
    });
    const order = done.slice(start).map((step) => step.key);
    expect(order.slice(0, 3).every((key) => key.includes('fresh'))).toBe(true);
    const lastFew = Math.max(...order.map((key, index) => (key.includes('few') ? index : 0)));
    expect(lastFew).toBeLessThanOrEqual(7);
  });

  it('gives an interrupted job back at its stop, without counting the attempt', async () => {
    const key = `${kind}-interrupted`;
    let open = () => {};
    gates.set(key, new Promise((resolve) => (open = resolve)));
    const first = newWorker();
    await first.start();
    await put('small', { key });
    await until(async () => (await queue.counts()).some((count) => count.active === 1));
    await first.stop(50);
    const small = (await queue.counts()).find((count) => count.name === 'small');
    expect(small).toMatchObject({ waiting: 1, active: 0 });
    gates.delete(key);
    await whileWorking(async () => {
      await until(() => seen(key).length > 0);
    });
    open();
    expect(seen(key)).toContainEqual({ key, attempt: 1 });
  });

  it('ends at least 55 small jobs a second, or on a slow machine one in the time of seven bare queries', async () => {
    const start = done.length;
    const bareStart = performance.now();
    for (let n = 0; n < 100; n += 1) await database.ping(5_000);
    const barePerSecond = 100 / ((performance.now() - bareStart) / 1000);
    for (let n = 0; n < 200; n += 1) await put('small', { key: `${kind}-fast` });
    const startedAt = performance.now();
    await whileWorking(async () => {
      await until(() => done.length === start + 200);
    });
    const perSecond = 200 / ((performance.now() - startedAt) / 1000);
    expect(perSecond).toBeGreaterThan(Math.min(55, barePerSecond / 7));
  });
});
