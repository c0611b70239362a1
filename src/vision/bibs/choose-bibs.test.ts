import { expect, test } from 'vitest';
import type { BibOptions } from '../findings.ts';
import { chooseBibs } from './choose-bibs.ts';
import { decodeDigits } from './decode-digits.ts';
import type { ReadLine } from './interpret-line.ts';
import type { LineRead } from './recognise-line.ts';

const picture = { widthPx: 1000, heightPx: 800 };

/** The first digit may be less certain than the others. */
function read(text: string, confidence = 0.99, first = confidence): LineRead {
  const digits = text.replace(/\D/g, '');
  const steps = digits.length * 2;
  const values = new Float32Array(steps * 11).fill((1 - confidence) / 10);
  [...digits].forEach((digit, index) => {
    values[2 * index * 11] = 0;
    values[2 * index * 11 + 1 + Number(digit)] = index === 0 ? first : confidence;
    values[(2 * index + 1) * 11] = confidence;
  });
  const probabilities = { steps, values };
  return { text, textConfidence: confidence, digits: decodeDigits(probabilities), probabilities };
}

interface Place {
  cx?: number;
  cy?: number;
  h?: number;
  tiltDegrees?: number;
  wide?: LineRead;
}

function line(
  text: string,
  { cx = 500, cy = 400, h = 40, tiltDegrees = 0, wide }: Place = {},
  confidence = 0.99,
): ReadLine {
  const tight = read(text, confidence);
  const box = { cx, cy, w: text.length * h * 0.6, h, angle: (tiltDegrees * Math.PI) / 180, score: 0.9 };
  return { box, tight, wide: wide ?? tight };
}

const kept = (lines: ReadLine[], options: BibOptions = {}) =>
  chooseBibs(lines, picture, options).bibs.map(({ bib, kind }) => `${bib} ${kind}`);
const dropped = (lines: ReadLine[], options: BibOptions = {}) =>
  chooseBibs(lines, picture, options).dropped.map(({ bib, reason }) => `${bib} ${reason}`);

test.each(['12', '1432', 'A123', '45678', '123B', '#1432', 'N°1432'])('%s is a bib', (text) => {
  expect(kept([line(text)])).toEqual([`${text.replace(/^(#|N°)/, '')} sure`]);
});

test.each([
  ['10:23:45', 'clock'],
  ['1:07.5', 'clock'],
  ['10h30', 'clock'],
  ['10km', 'distance'],
  ['50%', 'amount'],
  ['15 €', 'amount'],
  ['DA-744-KJ', 'number-plate'],
  ['42 KM', 'distance'],
  ['2026', 'year'],
  ['7', 'single-digit'],
  ['12345678', 'too-many-digits'],
  ['RUN 2 LIVE', 'not-a-number'],
])('%s is dropped as %s', (text, reason) => {
  expect(kept([line(text)])).toEqual([]);
  expect(dropped([line(text)])[0]).toContain(reason);
});

test('steep, tiny, stretched and faint numbers are dropped with their reason', () => {
  expect(dropped([line('1432', { tiltDegrees: 45 })])).toEqual(['1432 tilt']);
  expect(dropped([line('1432', { h: 8 })])).toEqual(['1432 small-number']);
  const stretched = line('1432');
  expect(dropped([{ ...stretched, box: { ...stretched.box, w: 400 } }])).toEqual(['1432 shape']);
  expect(dropped([line('1432', {}, 0.2)])).toEqual(['1432 unsure']);
});

test('a small number beside a large one is a sponsor, and two runners apart are two bibs', () => {
  const bib = line('1432', { h: 60 });
  expect(dropped([bib, line('250', { cy: 470, h: 20 })])).toEqual(['250 small-number']);
  expect(kept([bib, line('250', { cx: 900, h: 20 })])).toEqual(['1432 sure', '250 sure']);
});

test('a piece of a number read at the same place is not another runner', () => {
  expect(dropped([line('1432'), line('432', { cx: 512 })])).toEqual(['432 partial']);
});

test('of two numbers read at one place the more probable one stays', () => {
  const lines = [line('1432'), line('1437', { cx: 504, wide: read('1437', 0.97) })];
  expect(kept(lines)).toEqual(['1432 sure']);
  expect(dropped(lines)).toEqual(['1437 unsure']);
});

test('the same number twice is told once', () => {
  const { bibs, dropped: left } = chooseBibs([line('1432'), line('1432', { cx: 100 })], picture, {});
  expect(bibs.length).toBe(1);
  expect(left.map(({ reason }) => reason)).toEqual(['duplicate']);
});

test('two readings that differ are never sure', () => {
  expect(kept([line('1432', { wide: read('1482', 0.97) })])).toEqual(['1432 guess']);
});

test('of two readings where one holds the other, the longer counts only when each digit is clear', () => {
  expect(kept([line('4345', { wide: read('14345', 0.6) })])[0]).toContain('4345 ');
  expect(kept([line('440', { wide: read('4407', 0.98) })])[0]).toContain('4407 ');
  expect(kept([line('21317', { wide: read('1317', 0.98) })])[0]).toContain('21317 ');
});

test('a number seldom begins with zero, so a digit seen before it is believed sooner', () => {
  expect(kept([line('087', { wide: read('1087', 0.99, 0.75) })])[0]).toContain('1087 ');
  expect(kept([line('187', { wide: read('1187', 0.99, 0.75) })])[0]).toContain('187 ');
});

test('a number that runs out of the picture is for review', () => {
  expect(kept([line('432', { cx: 20 })])).toEqual(['432 guess']);
});

test('with a start list, expected years and single digits count, and others are for review', () => {
  const startList = ['7', '2026', '1432'];
  expect(kept([line('7')], { startList })).toEqual(['7 sure']);
  expect(kept([line('2026')], { startList })).toEqual(['2026 sure']);
  const { bibs } = chooseBibs([line('999')], picture, { startList });
  expect(bibs).toMatchObject([{ bib: '999', kind: 'guess', confidence: 0.45 }]);
});

test('the start list gives the writing: letters and leading zeros', () => {
  expect(kept([line('0123')], { startList: ['A123'] })).toEqual(['A123 sure']);
});

test('an unsure digit becomes the only neighbour on the start list, a clear digit does not', () => {
  const unsure = line('1437', {}, 0.99);
  const values = unsure.tight.probabilities.values;
  values[6 * 11 + 1 + 7] = 0.5;
  values[6 * 11 + 1 + 2] = 0.45;
  expect(kept([unsure], { startList: ['1432', '88'] })).toEqual(['1432 sure']);
  expect(kept([line('1437', {}, 0.9999)], { startList: ['1432', '88'] })).toEqual(['1437 guess']);
});

test('ranges keep what is outside for review', () => {
  const bibRanges = [{ from: 1, to: 500 }];
  expect(kept([line('250')], { bibRanges })).toEqual(['250 sure']);
  expect(kept([line('5')], { bibRanges })).toEqual(['5 sure']);
  expect(kept([line('900')], { bibRanges })).toEqual(['900 guess']);
});

test('boxes are normalised to the picture', () => {
  const { bibs } = chooseBibs([line('12')], picture, {});
  expect(bibs[0]?.box).toEqual({
    x: 0.476,
    y: 0.475,
    w: expect.closeTo(0.048, 9),
    h: expect.closeTo(0.05, 9),
  });
});

test.each([
  ['at the left edge', { cx: 20 }, '432', 'last'],
  ['at the right edge', { cx: 985 }, '432', 'first'],
  ['before a stroke that is no digit', {}, '432/', 'first'],
  ['behind a stroke that is no digit', {}, '|432', 'last'],
])('a number %s is partial, with its visible side, and never sure', (_, place, text, partial) => {
  const { bibs } = chooseBibs([line(text, place)], picture, {});
  expect(bibs).toMatchObject([{ bib: '432', kind: 'guess', partial }]);
  expect(bibs[0]?.confidence).toBeLessThan(0.5);
});

test('what the other reading says is kept as an alternative', () => {
  const { bibs } = chooseBibs([line('1432', { wide: read('1482', 0.97) })], picture, {});
  expect(bibs[0]?.alternatives?.map(({ bib }) => bib)).toEqual(['1482']);
});
