import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const INPUTS = ['src/**/*', 'messages/**/*.json', 'public/**/*', 'next.config.ts', 'package-lock.json'];
const STAMP = '.next/sources';

/** One word for everything the pages are built from: another word, another build. */
export function hashSources(root: string): string {
  const hash = createHash('sha256');
  const entries = INPUTS.flatMap((pattern) => globSync(pattern, { cwd: root, withFileTypes: true }));
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of [...new Set(paths)].sort()) {
    if (/\.test\.tsx?$/.test(path)) continue;
    hash
      .update(`${path.slice(root.length)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}

/** The stamp of the build that is there; null when there is none or it did not end. */
export function readStamp(root: string): string | null {
  try {
    return readFileSync(join(root, STAMP), 'utf8');
  } catch {
    return null;
  }
}

export function writeStamp(root: string, hash: string): void {
  mkdirSync(join(root, '.next'), { recursive: true });
  writeFileSync(join(root, STAMP), hash);
}
