import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '../tests/postgres-server.ts';
import { buildPages } from './build-pages.ts';
import { installNeeds } from './test-needs.ts';
import { mayBeSkipped, readTally, type Tally } from './test-report.ts';

/** `npm test -- src/domain/orders` runs one room on both databases. */
const filters = process.argv.slice(2);
const strict = process.env.CI === 'true';
const reports = mkdtempSync(join(tmpdir(), 'focus-racer-reports-'));
const leftOut: string[] = [];
const total: Tally = { passed: 0, failed: 0, skipped: [] };

const missing = installNeeds();
if (missing.has('PostgreSQL'))
  leftOut.push('everything on PostgreSQL: it is not installed (apt-get install postgresql)');
if (missing.has('Chromium'))
  leftOut.push('the browser tests: Chromium is not installed (apt-get install chromium)');
if (!existsSync('../shared/data')) console.log('Left out: photos of others, ../shared/data is not there');
for (const reason of leftOut) console.log(`Left out: ${reason}`);

const postgres = missing.has('PostgreSQL') ? null : await startPostgres();
try {
  const rooms = ['pure', 'alone', 'pglite', 'postgres'].flatMap((name) => ['--project', name]);
  run('rooms', [...rooms, ...filters], postgres);
  const wholes = globSync(['tests/processes/**/*.test.ts', 'tests/e2e/**/*.test.ts'])
    .filter((path) => !(missing.has('Chromium') && path.startsWith('tests/e2e/')))
    .filter((path) => !(missing.has('PostgreSQL') && path.startsWith('tests/processes/')))
    .filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter)));
  if (wholes.length > 0 && pagesAreBuilt()) run('whole', ['--project', 'whole', ...wholes], postgres);
} finally {
  postgres?.stop();
  rmSync(reports, { recursive: true, force: true });
}

const unexcused = total.skipped.filter((label) => !mayBeSkipped(label));
for (const label of unexcused) console.log(`Skipped: ${label}`);
if (strict) total.failed += leftOut.length + unexcused.length;
if (total.skipped.length > 0) console.log(`skipped: ${total.skipped.length}`);
console.log(`tests: ${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

function pagesAreBuilt(): boolean {
  try {
    buildPages({ quiet: true });
    return true;
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    total.failed += 1;
    return false;
  }
}

function run(name: string, args: string[], server: PostgresServer | null): void {
  const report = join(reports, `${name}.json`);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'];
  const { status } = spawnSync(process.execPath, [...vitest, `--outputFile.json=${report}`, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...(server ? { TEST_POSTGRES_URL: server.url } : {}) },
  });
  const part = readTally(report);
  total.passed += part?.passed ?? 0;
  total.failed += part?.failed ?? 0;
  total.skipped.push(...(part?.skipped ?? []));
  // Vitest also fails for what no test stands for: an unhandled rejection, a run that broke off.
  if (status !== 0 && (part?.failed ?? 0) === 0) {
    console.log(`The run "${name}" failed outside its tests.`);
    total.failed += 1;
  }
}
