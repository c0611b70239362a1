import { expect, test } from 'vitest';
import { daysOfPeriod, readEventPeriod, weeksOfMonth } from './event-period.ts';

test('an address names a day, a month, or everything', () => {
  expect(readEventPeriod({ day: '2026-06-21', month: '2026-05' })).toEqual({
    kind: 'day',
    text: '2026-06-21',
  });
  expect(readEventPeriod({ month: '2026-05' })).toEqual({ kind: 'month', text: '2026-05' });
  for (const query of [{}, { day: '21/06/2026' }, { month: '2026-13' }, { day: '2026-06-32' }]) {
    expect(readEventPeriod(query)).toEqual({ kind: 'all', text: '' });
  }
});

test('a month holds its first and its last day, and no other month’s', () => {
  expect(daysOfPeriod({ kind: 'month', text: '2026-02' })).toEqual({
    first: '2026-02-01',
    last: '2026-02-31',
  });
  expect(daysOfPeriod({ kind: 'all', text: '' })).toBeUndefined();
});

test('weeks begin on Monday and hold every day of the month once', () => {
  const weeks = weeksOfMonth('2026-02');
  expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-02-01']);
  expect(weeks.at(-1)?.at(-2)).toBe('2026-02-28');
  expect(weeks.flat().filter((day) => day !== null)).toHaveLength(28);
  expect(weeksOfMonth('2024-02').flat()).toContain('2024-02-29');
  expect(weeksOfMonth('2021-02')).toHaveLength(4);
  expect(weeks.every((week) => week.length === 7)).toBe(true);
});
