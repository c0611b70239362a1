import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './tests/pair-the-long.ts';

const all = globSync(['src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.ts', 'tests/**/*.test.ts']);
const spans = (path: string) => /^tests\/(e2e|processes)\//.test(path);
/** Tests that take a context from the harness run on both databases. */
const usesHarness = (path: string) => /from '[^']*\/harness\.ts'/.test(readFileSync(path, 'utf8'));
const opensProcesses = (path: string) =>
  /node:child_process|pglite\.ts'|test-database\.ts'|postgres-server\.ts'|\/\/ vitest: alone/.test(
    readFileSync(path, 'utf8'),
  );

/** Only PostgreSQL has several processes on one database. */
const needsPostgres = (path: string) => path.endsWith('.postgres.test.ts');
const single = all.filter((path) => !spans(path) && !needsPostgres(path));
const actions = single.filter(usesHarness);
const alone = single.filter((path) => !usesHarness(path) && opensProcesses(path));
const pure = single.filter((path) => !usesHarness(path) && !opensProcesses(path));

const slow = { testTimeout: 60_000, hookTimeout: 120_000 };

/** Projects: pure tests share their modules; the others have a process each, and actions run once per database. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    passWithNoTests: true,
    sequence: { sequencer: LongFirst },
    projects: [
      { test: { name: 'pure', include: pure, isolate: false, pool: 'threads', ...slow } },
      { test: { name: 'alone', include: alone, pool: 'forks', ...slow } },
      {
        test: { name: 'pglite', include: actions, pool: 'forks', env: { TEST_DATABASE: 'pglite' }, ...slow },
      },
      {
        test: {
          name: 'postgres',
          include: process.env.TEST_POSTGRES_URL ? [...actions, ...all.filter(needsPostgres)] : [],
          pool: 'forks',
          env: { TEST_DATABASE: 'postgres' },
          ...slow,
        },
      },
      {
        test: {
          name: 'whole',
          include: all.filter(spans),
          pool: 'forks',
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
