import { expect, test } from 'vitest';
import { csvCell } from './csv.ts';

test.each([
  ['=cmd()', "'=cmd()"],
  ['+1', "'+1"],
  ['-2.jpg', "'-2.jpg"],
  ['@x', "'@x"],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['1432 88', '1432 88'],
])('%s becomes %s: no spreadsheet executes it or splits it', (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

test('a negative number stays a number', () => {
  expect(csvCell(-3)).toBe('-3');
});
