import { expect, test } from 'vitest';
import type { BibRead, Plate } from '../findings.ts';
import { learnStyle, styleLogOdds } from './event-style.ts';
import { judgeReads } from './judge-reads.ts';

const blackOnWhite: Plate = { background: [92, 0, 2], ink: [15, 1, 1] };
const yellowOnBlack: Plate = { background: [35, -4, 10], ink: [88, -9, 40] };

function read(bib: string, confidence: number, plate: Plate, more: Partial<BibRead> = {}): BibRead {
  const kind = confidence >= 0.85 ? 'sure' : 'guess';
  const box = { x: 0.4, y: 0.4, w: 0.1, h: 0.05 };
  return { bib, confidence, box, tiltDegrees: 0, kind, text: bib, digitProbabilities: '', plate, ...more };
}

function event(count: number, plate = blackOnWhite): BibRead[] {
  return Array.from({ length: count }, (_, index) => read(String(1000 + index), 0.98, plate));
}

test('a few sure reads are not yet a style, and guesses and partial reads teach nothing', () => {
  expect(learnStyle(event(19))).toBeNull();
  expect(learnStyle(event(20))?.plates).toHaveLength(20);
  const doubtful = [
    ...event(19),
    read('5', 0.6, blackOnWhite),
    read('432', 0.9, blackOnWhite, { partial: 'last' }),
  ];
  expect(learnStyle(doubtful)).toBeNull();
});

test('a large event is known by a bounded number of plates', () => {
  expect(learnStyle(event(20_000))?.plates.length).toBeLessThanOrEqual(500);
});

test('what looks like the event gains, what looks otherwise loses, within bounds', () => {
  const style = learnStyle(event(60)) ?? { plates: [] };
  expect(styleLogOdds(blackOnWhite, style)).toBe(1);
  expect(styleLogOdds(yellowOnBlack, style)).toBe(-2);
  const [sign, bib] = [read('15', 0.7, yellowOnBlack), read('1432', 0.7, blackOnWhite)];
  const { bibs } = judgeReads([sign, bib], { style });
  expect(bibs.find((one) => one.bib === '15')?.confidence).toBeLessThan(0.3);
  expect(bibs.find((one) => one.bib === '1432')?.confidence).toBeGreaterThan(0.8);
});

test('two looks in one event both count as its own; a sign on a few photos does not', () => {
  const style = learnStyle([...event(60), ...event(20, yellowOnBlack)]) ?? { plates: [] };
  expect(styleLogOdds(yellowOnBlack, style)).toBe(1);
  const withSign = learnStyle([...event(60), ...event(4, yellowOnBlack)]) ?? { plates: [] };
  expect(styleLogOdds(yellowOnBlack, withSign)).toBe(-2);
});

test('judging by a style again starts from what the pixels said', () => {
  const style = learnStyle(event(60)) ?? { plates: [] };
  const once = judgeReads([read('15', 0.7, yellowOnBlack)], { style });
  const twice = judgeReads([...once.bibs, ...once.dropped], { style });
  expect(twice).toEqual(once);
  expect(judgeReads(twice.bibs, {}).bibs[0]?.confidence).toBe(0.7);
});
