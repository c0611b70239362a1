import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { until } from '../tests/doubles/until.ts';

const worker = join(import.meta.dirname, 'worker.ts');
const { PATH = '' } = process.env;
const newFolder = () => mkdtempSync(join(tmpdir(), 'focus-racer-worker-'));

it('a worker on PostgreSQL does not start with a secret of its own: the links in its mails would open nothing', () => {
  const settings = [`PATH=${PATH}`, 'DATABASE_URL=postgresql://nobody@127.0.0.1:9/none'];
  const command = ['-i', ...settings, process.execPath, worker];
  const ended = spawnSync('env', command, { cwd: newFolder(), encoding: 'utf8', timeout: 30_000 });
  expect(ended.stderr).toContain('AUTH_SECRET is needed');
  expect(ended.status).toBe(1);
});

it('a worker gives its metrics on its health port to whoever has the token', async () => {
  const [port, token] = [await findFreePort(), 'scrape-0123456789-abcdef'];
  const settings = [`PATH=${PATH}`, `METRICS_TOKEN=${token}`, `WORKER_HEALTH_PORT=${port}`];
  const command = ['-i', ...settings, 'AI_MAX_CONCURRENT=1', process.execPath, worker];
  const child = spawn('env', command, { cwd: newFolder(), stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const scrape = (authorization: string) =>
      fetch(`http://127.0.0.1:${port}/api/metrics`, { headers: { authorization } }).catch(() => null);
    const answer = await until(() => scrape(`Bearer ${token}`));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/^focus_racer_queue_answers 1$/m);
    expect((await scrape('Bearer other'))?.status).toBe(404);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await ended).toBe(0);
});

function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
