// vitest: alone
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPlainPhoto } from '../../tests/fixtures/plain-photo.ts';
import { readKeywords } from './iptc-keywords.ts';

const cliPath = fileURLToPath(new URL('../cli.ts', import.meta.url));
let home = '';
let photos = '';

interface Outcome {
  status: number;
  stdout: string;
  stderr: string;
}

function run(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const command = [cliPath, ...args];
    execFile(process.execPath, command, { cwd: home, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'sort-'));
  photos = join(home, 'photos');
  await mkdir(join(photos, 'second'), { recursive: true });
  const instant = new Date(Date.UTC(2026, 4, 17, 8, 30, 15, 250));
  await writeFile(join(photos, 'IMG_2.jpg'), await drawPlainPhoto({ seed: 2, text: '1432', instant }));
  await writeFile(join(photos, 'IMG_10.jpg'), await drawPlainPhoto({ seed: 10, text: '508' }));
  await writeFile(join(photos, 'second/IMG_2.jpg'), await drawPlainPhoto({ seed: 3, text: '1432' }));
  await writeFile(join(photos, 'nobody.jpg'), await drawPlainPhoto({ seed: 4 }));
  await writeFile(join(photos, 'broken.jpg'), Buffer.from('not a photo'));
  await writeFile(join(photos, 'notes.txt'), 'not meant as a photo');
});
afterAll(() => rm(home, { recursive: true }));

test('--json prints one line per photo in order, and an unreadable file stops nothing', async () => {
  const { status, stdout } = await run('sort', photos, '--json');
  expect(status).toBe(0);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ file }) => file)).toEqual([
    'broken.jpg',
    'IMG_2.jpg',
    'IMG_10.jpg',
    'nobody.jpg',
    'second/IMG_2.jpg',
  ]);
  const keys = 'file widthPx heightPx bibs blurry qualityScore takenAt cpuMs error quality'.split(' ');
  for (const line of lines) expect(Object.keys(line)).toEqual(keys);
  expect(lines[0]).toMatchObject({ error: 'not-an-image', bibs: [], widthPx: null });
  expect(lines[1]).toMatchObject({
    widthPx: 1200,
    heightPx: 800,
    bibs: [
      { bib: '1432', kind: 'sure', confidence: expect.any(Number), box: Array(4).fill(expect.any(Number)) },
    ],
    takenAt: expect.stringMatching(/^2026-05-17T\d\d:\d\d:\d\d\.\d{3}$/),
    blurry: false,
    error: null,
    quality: {
      sharpness: expect.any(Number),
      exposure: expect.any(Number),
      horizon: expect.any(Number),
    },
  });
});

test('--labels, --crops and --edit add what they find, and corrected copies leave the originals alone', async () => {
  const dull = join(home, 'dull');
  await mkdir(dull);
  const bright = await drawPlainPhoto({ seed: 12, text: '77' });
  const originals = new Map<string, Buffer>();
  // Contrast and light taken away, each in another measure: some of it is worth a correction.
  for (const [name, gain, lift] of [
    ['dim.jpg', 0.7, 0],
    ['flat.jpg', 0.4, 60],
    ['grey.jpg', 0.5, 90],
  ] as const) {
    const bytes = await sharp(bright).linear(gain, lift).jpeg({ quality: 95 }).toBuffer();
    originals.set(name, bytes);
    await writeFile(join(dull, name), bytes);
  }
  const out = join(home, 'dull-sorted');
  const { status, stdout, stderr } = await run(
    ...['sort', dull, '--json', '--labels', '--crops', '--edit', '--out', out, '--lang', 'en'],
  );
  expect(status).toBe(0);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const box = Array(4).fill(expect.any(Number));
  for (const line of lines) {
    expect(line.crops).toEqual({ '1:1': box, '4:5': box, '9:16': box, '16:9': box });
    expect(Array.isArray(line.labels)).toBe(true);
    expect(line).not.toHaveProperty('faces');
    expect((await readFile(join(dull, line.file))).equals(originals.get(line.file) ?? Buffer.of())).toBe(
      true,
    );
  }
  const edited = lines.filter((line) => line.edited !== null);
  expect(edited.length).toBeGreaterThan(0);
  expect(stderr).toMatch(new RegExp(`${edited.length} photos? corrected`));
  for (const line of edited) {
    expect(line.edited).toBe(`edited/${line.file}`);
    const { width, height } = await sharp(join(out, line.edited)).metadata();
    expect([width, height]).toEqual([line.widthPx, line.heightPx]);
  }
});

test('--faces says that faces are biometric, and writes no descriptor', async () => {
  const { status, stdout, stderr } = await run('sort', photos, '--json', '--faces', '--lang', 'en');
  expect(status).toBe(0);
  expect(stderr).toContain('biometric');
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(5);
  expect(lines[1].faces).toEqual(expect.any(Array));
  expect(stdout).not.toContain('descriptor');
});

test('--out copies by bib with keywords, and the originals stay as they are', async () => {
  const original = join(photos, 'IMG_2.jpg');
  const before = await stat(original);
  const bytes = await readFile(original);
  const out = join(home, 'sorted');
  const { status } = await run('sort', photos, '--out', out, '--keywords', '--lang', 'en');
  expect(status).toBe(0);
  expect((await readdir(out)).sort()).toEqual(
    ['1432', '508', 'index.html', 'no-bib', 'photos.csv', 'photos.jsonl', 'pictures'].sort(),
  );
  expect((await readdir(join(out, '1432'))).sort()).toEqual(['IMG_2.jpg', 'second__IMG_2.jpg']);
  expect(readKeywords(await readFile(join(out, '1432/IMG_2.jpg')))).toEqual(['1432']);
  const after = await stat(original);
  expect([after.mtimeMs, after.ctimeMs, after.nlink, after.size]).toEqual([
    before.mtimeMs,
    before.ctimeMs,
    1,
    before.size,
  ]);
  expect((await readFile(original)).equals(bytes)).toBe(true);
  expect(await readFile(join(out, 'photos.csv'), 'utf8')).toContain('IMG_10.jpg,508,');
  const sheet = await readFile(join(out, 'index.html'), 'utf8');
  expect(sheet).toContain('<b class="sure">1432</b>');
  expect(existsSync(join(out, 'pictures/000002.webp'))).toBe(true);
});

test('the table speaks French unless asked otherwise', async () => {
  const { stdout, stderr } = await run('sort', join(photos, 'second'), '--lang', 'fr');
  expect(stdout).toMatch(/Photo +Dossards +À vérifier/);
  expect(stdout).toMatch(/IMG_2\.jpg +1432/);
  expect(stderr).toContain('1 photo :');
  expect(existsSync(join(home, 'out/second/photos.csv'))).toBe(true);
  expect(await readdir(photos)).not.toContain('out');
});

test('a start list makes unexpected numbers guesses', async () => {
  const list = join(home, 'list.csv');
  await writeFile(list, 'Dossard;Nom\n1432;Zoé\n');
  const { stdout } = await run('sort', photos, '--json', '--start-list', list);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines[1].bibs).toMatchObject([{ bib: '1432', kind: 'sure' }]);
  expect(lines[2].bibs).toMatchObject([{ bib: '508', kind: 'guess' }]);
});

test('mistakes are said in words and with a status', async () => {
  const empty = join(home, 'empty');
  const unreadable = join(home, 'unreadable');
  await mkdir(empty, { recursive: true });
  await mkdir(unreadable, { recursive: true });
  await writeFile(join(unreadable, 'a.jpg'), 'x');
  const cases: [string[], number, RegExp][] = [
    [['sort'], 2, /Indiquez un dossier/],
    [['sort', join(home, 'absent')], 2, /n'existe pas/],
    [['sort', empty], 2, /Aucune photo/],
    [['sort', unreadable], 1, /Aucune photo n'a pu être lue/],
    [['sort', photos, '--out', photos], 2, /dossier de sortie/],
    [['sort', join(photos, 'second'), '--out', photos], 2, /dossier de sortie/],
    [['sort', photos, '--out', join(photos, 'IMG_2.jpg/deeper')], 2, /Impossible d'écrire/],
    [['sort', photos, '--keywords'], 2, /--out/],
    [['sort', photos, '--start-list', join(home, 'none.csv')], 2, /liste de départ/],
    [['unknown'], 2, /sort/],
  ];
  for (const [args, status, message] of cases) {
    const outcome = await run(...args, ...(args[0] === 'sort' ? ['--lang', 'fr'] : []));
    expect([args, outcome.status]).toEqual([args, status]);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).not.toContain('    at ');
  }
});

test('evaluate compares with the truth and shows the failures', async () => {
  const truth = [
    { file: 'IMG_2.jpg', bibs: ['1432'] },
    { file: 'IMG_10.jpg', bibs: ['509'] },
  ];
  await writeFile(join(photos, 'truth.json'), JSON.stringify(truth));
  const { status, stdout } = await run('evaluate', photos, '--json', '--out', join(home, 'evaluation'));
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ precision: 0.5, recall: 0.5, f1: 0.5, photos: 2, errors: 0 });
  const sheet = await readFile(join(home, 'evaluation/failures.html'), 'utf8');
  expect(sheet).toContain('509 ');
  expect(sheet).not.toContain('IMG_2.jpg');
  await rm(join(photos, 'truth.json'));
  expect((await run('evaluate', photos)).status).toBe(2);
});

test('--help explains each command', async () => {
  for (const command of ['sort', 'evaluate']) {
    const { status, stdout } = await run(command, '--help');
    expect(status).toBe(0);
    expect(stdout).toContain(`npm run ${command}`);
  }
});
