import { expect, test } from 'vitest';
import { listDays, readMoment } from './moment.ts';

const event = { days: ['2026-06-13', '2026-06-14'], timeZone: 'Europe/Paris' };

test('around a time means by the clocks of the event, and its first day unless another is asked', () => {
  expect(readMoment({ at: '10:42' }, event).between).toEqual({
    from: new Date('2026-06-13T08:32:00Z'),
    until: new Date('2026-06-13T08:53:00Z'),
  });
  expect(readMoment({ at: '9h05', day: '2026-06-14', within: '30' }, event)).toMatchObject({
    time: '09:05',
    day: '2026-06-14',
    between: { from: new Date('2026-06-14T06:35:00Z') },
  });
  expect(readMoment({ day: '2026-06-14' }, event).between).toEqual({
    from: new Date('2026-06-13T22:00:00Z'),
    until: new Date('2026-06-14T22:00:00Z'),
  });
});

test('nonsense asks for nothing', () => {
  for (const at of ['25:00', '10:75', '-1:00', 'x', "10:42' or 1=1", ''])
    expect([at, readMoment({ at }, event).between]).toEqual([at, null]);
  for (const day of ['3000-01-01', '-2026-06-13', '2026-02-31'])
    expect(readMoment({ day }, event)).toMatchObject({ day: '2026-06-13', between: null });
  expect(readMoment({ at: '10:42', within: '-5' }, event).within).toBe(10);
  expect(readMoment({ at: '10:42' }, { days: [], timeZone: 'Europe/Paris' }).between).toBeNull();
});

test('the days of a night race are those of its place', () => {
  const days = listDays(new Date('2026-06-13T21:30:00Z'), new Date('2026-06-13T22:30:00Z'), 'Europe/Paris');
  expect(days).toEqual(['2026-06-13', '2026-06-14']);
  expect(listDays(new Date('1970-01-01'), new Date('3000-01-01'), 'UTC').length).toBeLessThan(20);
});
