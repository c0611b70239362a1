import { expect, test } from 'vitest';
import {
  type DigitProbabilities,
  decodeDigits,
  logProbabilityOf,
  packReadings,
  unpackReadings,
} from './decode-digits.ts';

/** One step per item: the digit said, or null for the blank. */
function probabilities(steps: (number | null)[], certainty = 0.9): DigitProbabilities {
  const values = new Float32Array(steps.length * 11).fill((1 - certainty) / 10);
  steps.forEach((digit, step) => {
    values[step * 11 + (digit === null ? 0 : digit + 1)] = certainty;
  });
  return { steps: steps.length, values };
}

test('repeats are one digit, and a blank separates two equal ones', () => {
  expect(decodeDigits(probabilities([1, 1, null, 1, 4, 4])).digits).toBe('114');
});

test('the weakest digit is reported', () => {
  const read = probabilities([1, null, 2]);
  read.values[2 * 11 + 3] = 0.3;
  expect(decodeDigits(read)).toMatchObject({ digits: '12', weakest: expect.closeTo(0.3, 5) });
});

test('nothing said has no confidence', () => {
  expect(decodeDigits(probabilities([null, null]))).toEqual({ digits: '', confidence: 0, weakest: 0 });
});

test('the number that was said is the most probable one', () => {
  const read = probabilities([1, null, 4, null, 3, null, 2]);
  const said = logProbabilityOf('1432', read);
  for (const other of ['432', '143', '1437', '11432', '1'])
    expect(said).toBeGreaterThan(logProbabilityOf(other, read));
});

test('probabilities of all digit strings add up to at most one', () => {
  const read = probabilities([1, 2]);
  const all = [
    '',
    ...'0123456789',
    ...Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0')),
  ];
  const sum = all.reduce((total, digits) => total + Math.exp(logProbabilityOf(digits, read)), 0);
  expect(sum).toBeCloseTo(1, 3);
});

test('packed readings still say the same', () => {
  const packed = packReadings([
    probabilities([null, null, 7, null, 7, 3, null]),
    probabilities([null, 7, 3]),
  ]);
  expect(unpackReadings(packed).map((read) => decodeDigits(read).digits)).toEqual(['773', '73']);
});
