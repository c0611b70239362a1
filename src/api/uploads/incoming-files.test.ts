import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openIncomingFiles } from './incoming-files.ts';

const HOUR_MS = 3_600_000;

test('UP-04: files nobody came back for are removed a day and an hour later, younger ones stay', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'incoming-'));
  const incoming = openIncomingFiles(folder);
  const now = new Date('2026-06-14T10:00:00Z');
  for (const [name, hours] of [
    ['old', 26],
    ['old.json', 26],
    ['young', 24],
    ['young.json', 24],
  ] as const) {
    const at = new Date(now.getTime() - hours * HOUR_MS);
    await writeFile(join(folder, name), name.endsWith('.json') ? '{}' : 'part of a photo');
    await utimes(join(folder, name), at, at);
  }
  expect(await incoming.removeAbandoned(now)).toBe(2);
  expect((await readdir(folder)).sort()).toEqual(['young', 'young.json']);
  expect([await incoming.sizeOf('young'), await incoming.sizeOf('old')]).toEqual([15, null]);
  await incoming.remove('young');
  await incoming.remove('young');
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});
