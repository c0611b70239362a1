import { describe, expect, test } from 'vitest';
import { compareRounds, playRounds, statedFigure } from './figure.ts';

const known = { title: 'x', unit: 'ms', target: { atMost: 1.25 } };
const rounds = (...pairs: [number, number][]) => pairs.map(([floor, subject]) => ({ floor, subject }));

describe('a figure', () => {
  test('is the median of ratios taken round by round, so that one bad round decides nothing', () => {
    const figure = compareRounds(known, rounds([100, 120], [101, 121], [99, 400], [100, 120], [100, 119]));
    expect(figure).toMatchObject({ ratio: 1.2, verdict: 'met', floor: 100, subject: 120 });
  });

  test('that misses its target says so, in either direction', () => {
    expect(compareRounds(known, rounds([100, 126])).verdict).toBe('missed');
    expect(compareRounds({ ...known, target: { atLeast: 0.7 } }, rounds([100, 69])).verdict).toBe('missed');
    expect(compareRounds({ ...known, target: { atLeast: 0.7 } }, rounds([100, 71])).verdict).toBe('met');
  });

  test('is not judged when its floor moved by more than 30 %', () => {
    expect(compareRounds(known, rounds([100, 100], [131, 131], [100, 100])).verdict).toBe('floor moved');
    expect(compareRounds(known, rounds([100, 100], [129, 129], [100, 100])).verdict).toBe('met');
  });

  test('without a target is only told', () => {
    expect(compareRounds({ ...known, target: null }, rounds([1, 9], [9, 1])).verdict).toBe('told');
    expect(statedFigure({ ...known, target: { atMost: 600 } }, 601).verdict).toBe('missed');
  });

  test('comes from floor and subject in turns', async () => {
    const order: string[] = [];
    const note = (name: string) => async () => order.push(name);
    await playRounds({ floor: note('floor'), subject: note('subject') }, 2);
    expect(order).toEqual(['floor', 'subject', 'floor', 'subject']);
  });
});
