import { expect, test } from 'vitest';
import { countUntilCap } from './count-until-cap.ts';
import { runnerName } from './runner-name.ts';

test("a minor's family name is not shown", () => {
  expect(runnerName({ firstName: 'Hugo', lastName: 'Moreau', isMinor: true })).toBe('Hugo M.');
  expect(runnerName({ firstName: 'Léa', lastName: 'Moreau', isMinor: false })).toBe('Léa Moreau');
  expect(runnerName({ firstName: 'Tom', lastName: '', isMinor: true })).toBe('Tom');
});

test('the price stops at the photo that reaches the price of all', () => {
  expect(countUntilCap([700, 1400, 2100, 2400, 2400], 2400)).toBe(4);
  expect(countUntilCap([600, 1200, 1800, 2400], 2400)).toBe(4);
  expect(countUntilCap([2400], 2400)).toBe(1);
  expect(countUntilCap([0, 0], 0)).toBe(1);
  expect(countUntilCap([700, 1400], 2400)).toBe(0);
});
