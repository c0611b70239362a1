import { describe, expect, test } from 'vitest';
import type { Lab, PersonFinding } from '#vision/findings.ts';
import { nameClothes, nameColour } from './colour-names.ts';

describe('the name of a colour', () => {
  const named: [string, Lab, string][] = [
    ['a red shirt', [50, 60, 40], 'red'],
    ['a dark red one', [28, 48, 36], 'red'],
    ['a safety orange', [67, 45, 68], 'orange'],
    ['a safety yellow', [90, -12, 75], 'yellow'],
    ['a grass green', [46, -45, 42], 'green'],
    ['a royal blue', [45, 20, -60], 'blue'],
    ['a sky blue', [79, -15, -21], 'blue'],
    ['a violet', [40, 45, -45], 'purple'],
    ['a bright pink', [65, 62, -10], 'pink'],
    ['a brown', [37, 20, 32], 'brown'],
    ['black in the sun', [27, 1, -2], 'black'],
    ['grey', [55, 0, 3], 'grey'],
    ['white in the shade', [80, -1, -5], 'white'],
    ['a navy so dark that it is black', [12, 6, -18], 'black'],
  ];
  test.each(named)('%s', (_, lab, name) => expect(nameColour(lab)).toBe(name));
});

test('people in the background, and dark shorts, say nothing of a photo', () => {
  const person = (h: number, upper: Lab, lower: Lab | null = null): PersonFinding => ({
    box: { x: 0, y: 0, w: 0.2, h },
    confidence: 0.9,
    clothing: { upper, lower },
  });
  const red: Lab = [50, 60, 40];
  const blue: Lab = [45, 20, -60];
  expect(nameClothes([person(0.8, red, [20, 0, 0]), person(0.2, blue)])).toEqual(['red']);
  expect(nameClothes([person(0.8, red, blue), person(0.7, red)])).toEqual(['red', 'blue']);
  expect(nameClothes([])).toEqual([]);
});
