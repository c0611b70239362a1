import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { copyByBib } from './copy-by-bib.ts';
import { messagesFor } from './messages.ts';
import type { PhotoLine } from './photo-line.ts';

const home = await mkdtemp(join(tmpdir(), 'copy-'));
afterAll(() => rm(home, { recursive: true }));
const messages = messagesFor('en');

async function folderWith(name: string, content: string) {
  const folder = await mkdtemp(join(home, 'photos-'));
  await writeFile(join(folder, name), content);
  return { folder, out: join(folder, 'sorted') };
}

function line(file: string, bibs: [string, 'sure' | 'guess'][]): PhotoLine {
  return {
    file,
    widthPx: 1,
    heightPx: 1,
    bibs: bibs.map(([bib, kind]) => ({ bib, kind, confidence: 0.9, box: [0, 0, 1, 1] })),
    blurry: false,
    qualityScore: 50,
    takenAt: null,
    cpuMs: 1,
    error: null,
    quality: null,
  };
}

test('a photo of two runners takes the place of one file, apart from its original', async () => {
  const { folder, out } = await folderWith('a.jpg', 'picture');
  const lines = [
    line('a.jpg', [
      ['12', 'sure'],
      ['34', 'sure'],
      ['56', 'guess'],
    ]),
  ];
  await copyByBib({ folder, out, lines, keywords: false, messages });
  expect((await readdir(out)).sort()).toEqual(['12', '34']);
  const [original, first, second] = await Promise.all(
    [join(folder, 'a.jpg'), join(out, '12/a.jpg'), join(out, '34/a.jpg')].map((path) => stat(path)),
  );
  expect(first?.ino).toBe(second?.ino);
  expect([first?.ino === original?.ino, original?.nlink]).toEqual([false, 1]);
});

test('guesses go to a folder to check, photos without bib to their own', async () => {
  const { folder, out } = await folderWith('a.jpg', 'picture');
  await writeFile(join(folder, 'b.jpg'), 'other');
  const lines = [line('a.jpg', [['12', 'guess']]), line('b.jpg', [])];
  await copyByBib({ folder, out, lines, keywords: false, messages });
  expect((await readdir(out)).sort()).toEqual(['no-bib', 'to-check']);
});

test("somebody else's file of the same name is kept, and a second run adds nothing", async () => {
  const { folder, out } = await folderWith('a.jpg', 'picture');
  await mkdir(join(out, '12'), { recursive: true });
  await writeFile(join(out, '12/a.jpg'), 'precious');
  for (const run of [1, 2]) {
    await copyByBib({ folder, out, lines: [line('a.jpg', [['12', 'sure']])], keywords: false, messages });
    expect([run, (await readdir(join(out, '12'))).sort()]).toEqual([run, ['a-2.jpg', 'a.jpg']]);
  }
  expect(await readFile(join(out, '12/a.jpg'), 'utf8')).toBe('precious');
});

test('a bib never leads out of the folder', async () => {
  const { folder, out } = await folderWith('a.jpg', 'picture');
  await copyByBib({ folder, out, lines: [line('a.jpg', [['../../12', 'sure']])], keywords: false, messages });
  expect(await readdir(out)).toEqual(['______12']);
});

test('copies that cannot carry keywords are counted', async () => {
  const { folder, out } = await folderWith('a.jpg', 'no real jpeg');
  const count = await copyByBib({
    folder,
    out,
    lines: [line('a.jpg', [['12', 'sure']])],
    keywords: true,
    messages,
  });
  expect([count, await readdir(join(out, '12'))]).toEqual([1, ['a.jpg']]);
});
