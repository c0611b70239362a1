import { expect, test } from 'vitest';
import type { BibRead } from '../findings.ts';
import { packReadings } from './decode-digits.ts';
import { judgeReads } from './judge-reads.ts';
import { readProbability } from './read-probability.ts';

/** What a clear reading of these digits gives; `unsure` replaces the probability of one digit, at its place. */
function read(
  bib: string,
  confidence = 0.98,
  more: Partial<BibRead> & { unsure?: [number, string] } = {},
): BibRead {
  const { unsure, ...rest } = more;
  const digits = bib.replace(/\D/g, '');
  const values = new Float32Array(digits.length * 2 * 11).fill(0.0001);
  [...digits].forEach((digit, index) => {
    values[2 * index * 11 + 1 + Number(digit)] = unsure?.[0] === index ? 0.5 : 0.99;
    values[(2 * index + 1) * 11] = 0.999;
  });
  if (unsure) values[2 * unsure[0] * 11 + 1 + Number(unsure[1])] = 0.45;
  const kind = confidence >= 0.85 ? 'sure' : 'guess';
  const box = { x: 0.4, y: 0.4, w: 0.1, h: 0.05 };
  const digitProbabilities = packReadings([{ steps: digits.length * 2, values }]);
  return { bib, confidence, box, tiltDegrees: 0, kind, text: bib, digitProbabilities, ...rest };
}

const said = (reads: BibRead[], startList: string[]) =>
  judgeReads(reads, { startList }).bibs.map(({ bib, kind }) => `${bib} ${kind}`);
const threeDigits = Array.from({ length: 400 }, (_, index) => String(200 + index));

test('without a list nothing changes', () => {
  const reads = [read('1432'), read('77', 0.6)];
  expect(judgeReads(reads, {}).bibs).toEqual(reads);
});

test('being on the list takes doubt away, the more the fewer numbers are on it', () => {
  const confidence = (startList: string[]) =>
    judgeReads([read('432', 0.7)], { startList }).bibs[0]?.confidence ?? 0;
  expect(confidence(['432', '18'])).toBeGreaterThan(0.95);
  expect(confidence(threeDigits)).toBeGreaterThan(0.7);
  expect(confidence(threeDigits)).toBeLessThan(confidence(['432', '18']));
});

test('a clear number that is not listed stays what was read, for review', () => {
  const { bibs } = judgeReads([read('1437')], { startList: ['1432', '88'] });
  expect(bibs).toMatchObject([{ bib: '1437', kind: 'guess' }]);
  expect(bibs[0]?.confidence).toBeLessThan(0.5);
});

test('an unsure digit gives way to the list, and the other number is told', () => {
  const { bibs } = judgeReads([read('1437', 0.6, { unsure: [3, '2'] })], { startList: ['1432', '1439'] });
  expect(bibs[0]).toMatchObject({ bib: '1432', plain: { bib: '1437', confidence: 0.6 } });
});

test('two listed numbers that explain the digits equally well are for review', () => {
  const { bibs } = judgeReads([read('1437', 0.6, { unsure: [3, '2'] })], { startList: ['1437', '1432'] });
  expect(bibs[0]?.kind).toBe('guess');
  expect(bibs[0]?.alternatives?.map(({ bib }) => bib)).toContain('1432');
});

test('a partial number is completed by the only bib that fits, and is still a guess', () => {
  const partial = read('143', 0.4, { partial: 'first' });
  const { bibs } = judgeReads([partial], { startList: ['1432', '2143', '88'] });
  expect(bibs).toMatchObject([{ bib: '1432', kind: 'guess', plain: { bib: '143' } }]);
  expect(bibs[0]?.confidence).toBeLessThan(0.5);
});

test('a number that is not listed but ends like one that is may be that one, for review only', () => {
  const { bibs } = judgeReads([read('1527', 0.3)], { startList: ['61527', '70001'] });
  expect(bibs.map(({ kind }) => kind)).not.toContain('sure');
});

test('a partial number that several bibs would complete is not completed with any certainty', () => {
  const startList = Array.from({ length: 10 }, (_, index) => `143${index}`);
  const { bibs } = judgeReads([read('143', 0.4, { partial: 'first' })], { startList });
  expect(bibs.every(({ confidence, kind }) => kind === 'guess' && confidence < 0.5)).toBe(true);
});

test('letters tell apart what has the same digits; without them it is for review', () => {
  expect(said([read('A123')], ['A123', 'B123'])).toEqual(['A123 sure']);
  const { bibs } = judgeReads([read('123')], { startList: ['A123', 'B123'] });
  expect(bibs).toMatchObject([{ kind: 'guess', alternatives: [{ bib: 'B123' }] }]);
});

test('leading zeros are written as the list writes them', () => {
  expect(said([read('0123')], ['123'])).toEqual(['123 sure']);
  expect(said([read('123')], ['00123'])).toEqual(['00123 sure']);
});

test('what was dropped as a year or a lone digit comes back when the list expects it; a distance does not', () => {
  const dropped = (bib: string, reason: BibRead['reason']) => read(bib, 0.95, { kind: 'dropped', reason });
  expect(said([dropped('2026', 'year')], ['2026', '14'])).toEqual(['2026 sure']);
  expect(said([dropped('7', 'single-digit')], ['7', '14'])).toEqual(['7 sure']);
  expect(said([dropped('10KM', 'distance')], ['10', '14'])).toEqual([]);
});

test('judging again with another list, or none, starts from what the pixels said', () => {
  const reads = [
    read('1437', 0.6, { unsure: [3, '2'] }),
    read('2026', 0.95, { kind: 'dropped', reason: 'year' }),
  ];
  const first = judgeReads(reads, { startList: ['1432', '2026'] });
  const all = [...first.bibs, ...first.dropped];
  const again = judgeReads(all, { startList: ['1437'] });
  expect(again.bibs.map(({ bib }) => bib)).toEqual(['1437']);
  expect(again).toEqual(judgeReads(reads, { startList: ['1437'] }));
  const none = judgeReads(all, {});
  expect(none.bibs).toMatchObject([{ bib: '1437', confidence: 0.6 }]);
  expect(none.dropped).toMatchObject([{ bib: '2026', reason: 'year' }]);
});

test('a number that two reads agree on after the list is told once', () => {
  const { bibs, dropped } = judgeReads([read('1432'), read('1437', 0.6, { unsure: [3, '2'] })], {
    startList: ['1432'],
  });
  expect(bibs.map(({ bib }) => bib)).toEqual(['1432']);
  expect(dropped.map(({ reason }) => reason)).toEqual(['duplicate']);
});

test('the probability of a read grows with each of its signs', () => {
  const clear = { best: 0.99, agreement: 1, relativeHeight: 1 };
  const clearly = readProbability('1432', clear);
  expect(clearly).toBeGreaterThan(0.95);
  for (const worse of [{ best: 0.6 }, { agreement: 0.5 }, { relativeHeight: 0.4 }])
    expect(readProbability('1432', { ...clear, ...worse })).toBeLessThan(clearly);
  expect(readProbability('14', clear)).toBeLessThan(clearly);
});
