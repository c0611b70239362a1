import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assignRunners } from './assign-runners.ts';

/** Every way to give rows to different columns or to none, weighed by the product of its odds. */
function exactly(odds: number[][], columns: number): number[] {
  const pairs = new Array<number>(odds.length * columns).fill(0);
  let total = 0;
  const walk = (row: number, taken: number[], weight: number) => {
    if (row === odds.length) {
      total += weight;
      for (const [at, column] of taken.entries())
        if (column >= 0) pairs[at * columns + column] = (pairs[at * columns + column] ?? 0) + weight;
      return;
    }
    walk(row + 1, [...taken, -1], weight);
    for (let column = 0; column < columns; column++)
      if (!taken.includes(column)) walk(row + 1, [...taken, column], weight * (odds[row]?.[column] ?? 0));
  };
  walk(0, [], 1);
  return pairs.map((pair) => pair / total);
}

const matrix = fc.array(
  fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 3 }),
  {
    minLength: 1,
    maxLength: 3,
  },
);

it('comes near the exact probabilities, and no row or column is given out twice', () => {
  fc.assert(
    fc.property(matrix, (odds) => {
      const pairs = assignRunners(Float64Array.from(odds.flat()), odds.length, 3);
      for (const [at, exact] of exactly(odds, 3).entries())
        expect(Math.abs((pairs[at] ?? 0) - exact)).toBeLessThan(0.16);
      for (const [row] of odds.entries())
        expect([...pairs.slice(row * 3, row * 3 + 3)].reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(
          1 + 1e-9,
        );
      for (let column = 0; column < 3; column++)
        expect(odds.reduce((sum, _, row) => sum + (pairs[row * 3 + column] ?? 0), 0)).toBeLessThanOrEqual(
          1.01,
        );
    }),
  );
});

it('gives the one who is left to the one who is left', () => {
  const pairs = assignRunners(Float64Array.from([1000, 10, 1000, 0.001]), 2, 2);
  expect(pairs[1]).toBeCloseTo(0.833, 2);
  expect(pairs[2]).toBeCloseTo(0.917, 2);
});

it('gives probabilities however certain a pair is', () => {
  const certain = 2.3e17;
  const pairs = assignRunners(Float64Array.from([certain, 3, 2, certain]), 2, 2);
  for (const pair of pairs) expect(pair).toBeGreaterThanOrEqual(0);
  expect(pairs[0]).toBeCloseTo(1);
  expect(pairs[3]).toBeCloseTo(1);
});
