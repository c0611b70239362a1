import { expect, test } from 'vitest';
import {
  printBibRanges,
  printLocalTime,
  readBibRanges,
  readCents,
  readEventForm,
  readKilometres,
  readLocalTime,
} from './event-fields.ts';

test('bib ranges are read and printed the same', () => {
  const ranges = readBibRanges(' 1-999; a1 – A50, 1500 ');
  expect(ranges).toEqual([
    { prefix: '', first: 1, last: 999 },
    { prefix: 'A', first: 1, last: 50 },
    { prefix: '', first: 1500, last: 1500 },
  ]);
  expect(printBibRanges(ranges ?? [])).toBe('1-999, A1-A50, 1500');
  expect([readBibRanges(''), readBibRanges('ten'), readBibRanges('A1-B9')]).toEqual([[], null, null]);
});

test('amounts become whole cents and never a rounded guess', () => {
  expect(['9', '9,5', '9.50 €', '0,29', '1 000'].map(readCents)).toEqual([900, 950, 950, 29, 100_000]);
  expect(['', '-1', '9,999', '1e3'].map(readCents)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
});

test('kilometres become metres', () => {
  expect(['21,1', '42.195', ''].map(readKilometres)).toEqual([21_100, 42_195, null]);
  expect(readKilometres('far')).toBeNaN();
});

test('a time on the clocks of a zone is one instant, also on the days when clocks change', () => {
  const paris = (text: string) => readLocalTime(text, 'Europe/Paris')?.toISOString();
  expect(paris('2026-06-21T06:00')).toBe('2026-06-21T04:00:00.000Z');
  expect(paris('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
  expect(paris('2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z');
  expect(readLocalTime('2026-01-01T00:00', 'Pacific/Auckland')?.toISOString()).toBe(
    '2025-12-31T11:00:00.000Z',
  );
  expect([paris(''), paris('tomorrow'), readLocalTime('2026-06-21T06:00', 'Mars/Olympus')]).toEqual([
    undefined,
    undefined,
    null,
  ]);
  expect(printLocalTime(new Date('2026-06-21T04:00:00Z'), 'Europe/Paris')).toBe('2026-06-21T06:00');
});

test('rows of a form keep their order, and a refusal finds its way back to the row', () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({
    name: 'Trail',
    startsAt: '2026-06-21T06:00',
    timeZone: 'Europe/Paris',
    photoPrice: '9',
    allPhotosPrice: '29',
    'race.p1.name': 'Long',
    'race.p1.bibs': 'x',
    'race.n1.name': 'Court',
    'race.n1.distance': '10',
    'spot.p0.name': 'Col',
    'spot.p0.from': 'a-checkpoint',
    'spot.p0.offset': '−30',
  })) {
    form.set(name, value);
  }
  const { input, unreadable, fieldName } = readEventForm(form);
  expect(input.races?.map(({ name, distanceMeters }) => [name, distanceMeters])).toEqual([
    ['Long', null],
    ['Court', 10_000],
  ]);
  expect(input).toMatchObject({
    photoPriceCents: 900,
    photoSpots: [{ name: 'Col', checkpointId: 'a-checkpoint', offsetMeters: -30 }],
    startsAt: new Date('2026-06-21T04:00:00Z'),
  });
  expect(unreadable).toEqual({ 'race.p1.bibs': 'events.bibRangesUnreadable' });
  expect(['races.1.distanceMeters', 'photoSpots.0.name', 'photoPriceCents', 'name'].map(fieldName)).toEqual([
    'race.n1.distance',
    'spot.p0.name',
    'photoPrice',
    'name',
  ]);
});
