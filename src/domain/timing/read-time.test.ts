import { expect, test } from 'vitest';
import { readDayAndTime, readTimeText, readWiclaxTime } from './read-time.ts';

const at = (hours: number, minutes: number, seconds: number, ms = 0) =>
  ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;

test.each([
  ["10h35'54,183", at(10, 35, 54, 183), 1],
  ["0h00'45,88", at(0, 0, 45, 88), 1],
  ["0h00'45,8", at(0, 0, 45, 8), 1],
  ["00h35'15", at(0, 35, 15), 1000],
  ["26h00'01,5", at(26, 0, 1, 5), 1],
])('Wiclax %s has milliseconds without leading zeros', (text, ms, precisionMs) => {
  expect(readWiclaxTime(text)).toEqual({ ms, precisionMs });
});

test.each(['DNF', 'Abandon', '', "10h75'00", '10:35:54'])('Wiclax %j is no time', (text) => {
  expect(readWiclaxTime(text)).toBeNull();
});

test.each([
  ['10:35:54', at(10, 35, 54), 1000],
  ['10:35:54.5', at(10, 35, 54, 500), 100],
  ['10:35:54,183', at(10, 35, 54, 183), 1],
  ['35:54', at(0, 35, 54), 1000],
  ['12h34m56s', at(12, 34, 56), 1000],
  ["13h02'11''", at(13, 2, 11), 1000],
  ['1j 02:10:00', at(26, 10, 0), 1000],
  ['2h05', at(2, 5, 0), 1000],
])('%s is hours, minutes and seconds', (text, ms, precisionMs) => {
  expect(readTimeText(text)).toEqual({ ms, precisionMs });
});

test.each(['DNS', '12', '1234', '10 km', 'V1F', '', '10:75', 'A12', '2026-06-21'])(
  '%j is no time',
  (text) => {
    expect(readTimeText(text)).toBeNull();
  },
);

test('a day with a time is local unless a zone stands with it', () => {
  expect(readDayAndTime('21/06/2026 10:35:54')).toEqual({
    local: '2026-06-21T10:35:54.000',
    precisionMs: 1000,
  });
  expect(readDayAndTime('2023-10-22 10:00:37')).toEqual({
    local: '2023-10-22T10:00:37.000',
    precisionMs: 1000,
  });
  expect(readDayAndTime('2026-06-21T10:35:54.183Z')).toEqual({
    at: new Date('2026-06-21T10:35:54.183Z'),
    precisionMs: 1,
  });
  expect(readDayAndTime('2026-06-21T10:35:54+0200')).toEqual({
    at: new Date('2026-06-21T08:35:54Z'),
    precisionMs: 1000,
  });
  expect(readDayAndTime('10:35:54')).toBeNull();
});
