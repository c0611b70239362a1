import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashSources, readStamp, writeStamp } from './build-stamp.ts';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Builds the pages unless the build at hand is of these very sources. Throws when it fails. */
export function buildPages(options: { quiet: boolean }): 'built' | 'up to date' {
  const hash = hashSources(root);
  if (readStamp(root) === hash) return 'up to date';
  rmSync(join(root, '.next/sources'), { force: true });
  console.error('Building the pages…');
  const build = spawnSync(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    stdio: ['ignore', options.quiet ? 'pipe' : 2, options.quiet ? 'pipe' : 2],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (build.status !== 0) {
    throw new Error(`the pages could not be built\n${build.stdout ?? ''}${build.stderr ?? ''}`);
  }
  writeStamp(root, hash);
  return 'built';
}
