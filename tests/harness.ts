import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Actor, Context, Locale } from '#context.ts';
import { type Config, readConfig } from '#platform/config.ts';
import type { DatabasePort } from '#platform/db/database.ts';
import { openMetrics } from '#platform/metrics/open-metrics.ts';
import { systemRandom } from '#platform/system-clock.ts';
import { openTraces } from '#platform/traces/open-traces.ts';
import { type FixedClock, newFixedClock } from './doubles/fixed-clock.ts';
import { type MemoryLive, newMemoryLive } from './doubles/memory-live.ts';
import { type MemoryLog, newMemoryLog } from './doubles/memory-log.ts';
import { type MemoryMail, newMemoryMail } from './doubles/memory-mail.ts';
import { type MemoryPayments, newMemoryPayments } from './doubles/memory-payments.ts';
import { type MemoryQueue, newMemoryQueue } from './doubles/memory-queue.ts';
import { type MemoryStorage, newMemoryStorage } from './doubles/memory-storage.ts';
import { chosenDatabase, openTestDatabase, type TestDatabaseKind } from './doubles/test-database.ts';

export interface TestContext extends Context {
  readonly clock: FixedClock;
  readonly log: MemoryLog;
  readonly storage: MemoryStorage;
  readonly queue: MemoryQueue;
  readonly mail: MemoryMail;
  readonly payments: MemoryPayments;
  readonly live: MemoryLive;
}

export interface TestContextOptions {
  database?: TestDatabaseKind;
  config?: Partial<Config>;
  actor?: Actor;
  locale?: Locale;
  now?: Date;
  engine?: Context['engine'];
  recognition?: Context['recognition'];
}

const opened = new Map<TestDatabaseKind, Promise<DatabasePort>>();

/**
 * A context on a real database and memory doubles. The database is shared by the tests of one file, so each makes its
 * own organisation; the doubles and the clock belong to this context alone.
 */
export async function createTestContext(options: TestContextOptions = {}): Promise<TestContext> {
  const kind = options.database ?? chosenDatabase();
  const opening = opened.get(kind) ?? openTestDatabase(kind);
  opened.set(kind, opening);
  const database = await opening;
  const clock = newFixedClock(options.now);
  const config = { ...testConfig(), ...options.config };
  const [log, queue] = [newMemoryLog(), newMemoryQueue()];
  return {
    config,
    clock,
    random: systemRandom,
    log,
    metrics: await openMetrics({ token: config.metricsToken, queue, log }),
    traces: await openTraces({ endpoint: config.otelExporterOtlpEndpoint, role: 'test', log }),
    db: database.db,
    database,
    storage: newMemoryStorage(),
    queue,
    mail: newMemoryMail(clock),
    payments: newMemoryPayments(clock),
    live: newMemoryLive(),
    engine: options.engine ?? null,
    recognition: options.recognition ?? null,
    actor: options.actor ?? { kind: 'anonymous' },
    locale: options.locale ?? 'fr',
  };
}

/** Settings of a test: nothing of the machine's environment. */
export function testConfig(env: Record<string, string> = {}): Config {
  return readConfig({
    NODE_ENV: 'test',
    AUTH_SECRET: 'test-only-0123456789-abcdefghijklmnop',
    DATA_DIR: join(tmpdir(), 'focus-racer-test-data'),
    LOG_LEVEL: 'silent',
    AI_MAX_CONCURRENT: '2',
    ...env,
  });
}

afterAll(async () => {
  const databases = await Promise.all(opened.values());
  opened.clear();
  await Promise.all(databases.map((database) => database.close()));
});
