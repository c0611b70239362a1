import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const worker = join(import.meta.dirname, 'worker.ts');

it('a worker on PostgreSQL does not start with a secret of its own: the links in its mails would open nothing', () => {
  const { PATH = '' } = process.env;
  const cwd = mkdtempSync(join(tmpdir(), 'focus-racer-worker-'));
  const settings = [`PATH=${PATH}`, 'DATABASE_URL=postgresql://nobody@127.0.0.1:9/none'];
  const command = ['-i', ...settings, process.execPath, worker];
  const ended = spawnSync('env', command, { cwd, encoding: 'utf8', timeout: 30_000 });
  expect(ended.stderr).toContain('AUTH_SECRET is needed');
  expect(ended.status).toBe(1);
});
