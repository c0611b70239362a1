import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** The oldest version without a known hole; nested copies count as well. */
const FLOORS: Record<string, string> = {
  next: '16.4.5',
  react: '19.2.6',
  'react-dom': '19.2.6',
  sharp: '0.35.5',
  'better-auth': '1.7.16',
  nodemailer: '10.0.5',
  zod: '4.6.7',
};

interface Lockfile {
  packages: Record<string, { version?: string; resolved?: string; dev?: boolean }>;
}

function isBelow(version: string, floor: string): boolean {
  const numbers = (text: string) => text.split(/[.-]/).slice(0, 3).map(Number);
  const [found, least] = [numbers(version), numbers(floor)];
  const differing = found.findIndex((part, index) => part !== least[index]);
  return differing >= 0 && (found[differing] ?? 0) < (least[differing] ?? 0);
}

function copiesBelowFloor({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { version = '' }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const floor = FLOORS[name];
    return floor && isBelow(version, floor) ? [`${path}@${version}`] : [];
  });
}

const lockfile: Lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8'));

it('no copy of a library is older than its safe version', () => {
  expect(copiesBelowFloor(lockfile)).toEqual([]);
  for (const name of Object.keys(FLOORS)) expect(lockfile.packages).toHaveProperty([`node_modules/${name}`]);
});

it('an old nested copy is noticed', () => {
  const packages = { 'node_modules/a/node_modules/zod': { version: '4.6.6' } };
  expect(copiesBelowFloor({ packages })).toEqual(['node_modules/a/node_modules/zod@4.6.6']);
});

it('names no download address: every machine takes its own registry', () => {
  const addresses = Object.values(lockfile.packages).flatMap(({ resolved }) => resolved ?? []);
  expect(addresses).toEqual([]);
});
