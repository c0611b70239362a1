import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completeLockfile, type Lockfile, missingPackages } from './lockfile.ts';

test('the lockfile names every optional package, so that npm ci takes it on any platform', () => {
  const lockfile: Lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  expect(missingPackages(lockfile)).toEqual([]);
});

test('a missing platform is added with its version, system and processor', () => {
  const lockfile: Lockfile = {
    packages: {
      'node_modules/tool': {
        version: '1.0.0',
        dev: true,
        optionalDependencies: { 'tool-darwin-arm64': '1.2.3' },
      },
    },
  };
  expect(completeLockfile(lockfile)).toEqual(['tool-darwin-arm64']);
  expect(lockfile.packages['node_modules/tool-darwin-arm64']).toEqual({
    version: '1.2.3',
    dev: true,
    optional: true,
    os: ['darwin'],
    cpu: ['arm64'],
  });
  expect(completeLockfile(lockfile)).toEqual([]);
});
