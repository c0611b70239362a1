import { expect, test } from 'vitest';
import { packDigits, unpackDigits } from './pack-digits.ts';

test.each([
  ['none', ''],
  ['one reading', Buffer.from([0, 255, 3]).toString('base64')],
  ['two readings', [Buffer.alloc(440, 7), Buffer.alloc(11, 1)].map((b) => b.toString('base64')).join('.')],
])('the digits of %s come back as they went', (_what, digits) => {
  expect(unpackDigits(packDigits(digits))).toBe(digits);
});
