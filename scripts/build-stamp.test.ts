import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashSources, readStamp, writeStamp } from './build-stamp.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-stamp-'));
  mkdirSync(join(root, 'src/app/[locale]'), { recursive: true });
  mkdirSync(join(root, 'messages/fr'), { recursive: true });
  writeFileSync(join(root, 'src/app/[locale]/page.tsx'), 'one');
  writeFileSync(join(root, 'messages/fr/common.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('the stamp of a build', () => {
  it('stays the same while no source changes', () => {
    const before = hashSources(root);
    writeFileSync(join(root, 'src/app/page.test.ts'), 'a test');
    writeFileSync(join(root, 'README.md'), 'words');
    expect(hashSources(root)).toBe(before);
  });

  it.each(['src/app/[locale]/page.tsx', 'src/app/new.css', 'messages/fr/common.json', 'package-lock.json'])(
    'changes with %s',
    (path) => {
      const before = hashSources(root);
      writeFileSync(join(root, path), 'another');
      expect(hashSources(root)).not.toBe(before);
    },
  );

  it('is absent until a build ended', () => {
    expect(readStamp(root)).toBeNull();
    writeStamp(root, 'abc');
    expect(readStamp(root)).toBe('abc');
  });
});
