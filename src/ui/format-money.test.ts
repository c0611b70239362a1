import { expect, test } from 'vitest';
import { formatMoney } from './format-money.ts';

test.each([
  [2400, 'eur', 'fr', '24 €'],
  [2450, 'eur', 'fr', '24,50 €'],
  [-705, 'eur', 'en', '-€7.05'],
  [1200, 'jpy', 'en', '¥1,200'],
  [12_345, 'kwd', 'en', 'KWD 12.345'],
])('%i of the smallest unit of %s is written in %s as %s', (cents, currency, locale, written) => {
  expect(formatMoney(cents, currency, locale).replaceAll(/[\u00A0\u202F]/g, ' ')).toBe(written);
});
