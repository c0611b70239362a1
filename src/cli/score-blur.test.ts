import { expect, test } from 'vitest';
import { areaUnderCurve } from './score-blur.ts';

test('values that part completely give 1, the other way round 0, and all alike a half', () => {
  expect(areaUnderCurve([0.1, 0.2, 0.3], [0.4, 0.5])).toBe(1);
  expect(areaUnderCurve([0.4, 0.5], [0.1, 0.2])).toBe(0);
  expect(areaUnderCurve([0.3, 0.3], [0.3, 0.3, 0.3])).toBe(0.5);
});

test('each pair in the wrong order takes its share', () => {
  expect(areaUnderCurve([0.1, 0.6], [0.5, 0.7])).toBe(0.75);
});
