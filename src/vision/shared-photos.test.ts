// vitest: alone
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createEnginePool } from './engine-pool.ts';
import { PhotoFailure } from './findings.ts';

/** Real race photos and hostile files that are not ours to ship: looked for beside the project. */
const sharedData = resolve('../shared/data');
const isThere = existsSync(sharedData);
if (!isThere)
  process.stderr.write('../shared/data is absent: real photos and hostile files were not tested\n');

const leastF1 = 0.91;
const sampleSize = 24;

describe.skipIf(!isThere)('on photos of others', () => {
  const pool = createEnginePool({ lanes: 2, memoryLimitMb: 1536 });
  afterAll(() => pool.close());

  test('the bib reader keeps its floor on a sample of real photos', { timeout: 300_000 }, async () => {
    const folder = join(sharedData, 'bibs/rbnr');
    const truth: { file: string; bibs: string[]; ignore: string[]; extra: string[]; partial: string[] }[] =
      JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'));
    const step = Math.floor(truth.length / sampleSize);
    const sample = truth.filter((_, index) => index % step === 0);
    const counts = await Promise.all(
      sample.map(async ({ file, bibs, ignore, extra, partial }) => {
        const analysis = await pool.analysePhoto(readFileSync(join(folder, file)), { bibs: {} });
        const reads = new Set(
          analysis.bibs?.filter(({ confidence }) => confidence >= 0.5).map(({ bib }) => bib),
        );
        const hits = bibs.filter((bib) => reads.has(bib)).length;
        const neutral = new Set([...ignore, ...extra].filter((bib) => !partial.includes(bib)));
        const alarms = [...reads].filter((bib) => !bibs.includes(bib) && !neutral.has(bib)).length;
        return { hits, wrong: alarms + bibs.length - hits };
      }),
    );
    const hits = counts.reduce((sum, count) => sum + count.hits, 0);
    const wrong = counts.reduce((sum, count) => sum + count.wrong, 0);
    expect((2 * hits) / (2 * hits + wrong)).toBeGreaterThan(leastF1);
  });

  test('every hostile image ends as its manifest says', { timeout: 300_000 }, async () => {
    const folder = join(sharedData, 'badinput');
    const rows = readFileSync(join(folder, 'MANIFEST.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split('\t'));
    const images = rows.filter(
      ([path = '', , , expected]) => !/^(csv|strings)\//.test(path) && expected !== 'n/a',
    );
    expect(images.length).toBeGreaterThan(300);
    expect(readdirSync(folder)).toContain('generated');
    const surprises = await Promise.all(
      images.map(async ([path = '', , , expected = '']) => {
        const outcome = await outcomeOf(readFileSync(join(folder, path)));
        return isExpected(expected, outcome) ? [] : [`${path}: ${expected}, but ${outcome}`];
      }),
    );
    expect(surprises.flat()).toEqual([]);
  });

  async function outcomeOf(bytes: Uint8Array): Promise<string> {
    try {
      await pool.analysePhoto(bytes, { quality: true, renditions: { mark: { seed: 'hostile' } } });
      return 'accept';
    } catch (error) {
      if (error instanceof PhotoFailure) return error.reason;
      throw error;
    }
  }
});

function isExpected(expected: string, outcome: string): boolean {
  // A crash or a time-out is contained, but no way to refuse a file.
  const refused = !['accept', 'crashed', 'timed-out', 'out-of-memory', 'closed'].includes(outcome);
  if (expected === 'accept' || expected.startsWith('duplicate')) return outcome === 'accept';
  if (expected === 'reject') return refused;
  return refused || outcome === 'accept';
}
