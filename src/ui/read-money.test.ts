import { expect, test } from 'vitest';
import { readMoney } from './read-money.ts';

test.each([
  ['7,50', 'eur', 750],
  ['7.5', 'eur', 750],
  [' 1 200 € ', 'eur', 120_000],
  ['700', 'jpy', 700],
  ['1.234', 'kwd', 1_234],
  ['7,505', 'eur', null],
  ['7.5', 'jpy', null],
  ['0', 'eur', null],
  ['-3', 'eur', null],
  ['1e3', 'eur', null],
  ['', 'eur', null],
])('%j in %s is %s minor units', (text, currency, cents) => {
  expect(readMoney(text, currency)).toBe(cents);
});
