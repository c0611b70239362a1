import { expect, test } from 'vitest';
import { formatMoney } from './format-money.ts';
import { formatClock } from './format-time.ts';
import { describePhoto, groupByHour, type PhotoWords } from './photo-card.ts';

const french: PhotoWords = {
  locale: 'fr',
  timeZone: 'Europe/Paris',
  photo: 'Photo',
  bib: 'dossard',
  bibs: 'dossards',
};

test('an alternative text says number, bib and local hour', () => {
  const photo = { bibs: ['123'], takenAt: '2026-06-21T08:42:00.000Z' };
  expect(describePhoto(photo, 14, french)).toBe('Photo 14, dossard 123, 10 h 42');
});

test('an alternative text leaves out what is not known', () => {
  expect(describePhoto({ bibs: [], takenAt: null }, null, french)).toBe('Photo');
  expect(describePhoto({ bibs: ['7', '12'], takenAt: null }, 2, french)).toBe('Photo 2, dossards 7, 12');
});

test('bibs are told in the order people count them', () => {
  const photo = { bibs: ['130', '3', 'A12', '57', 'A2'], takenAt: null };
  expect(describePhoto(photo, 1, french)).toBe('Photo 1, dossards 3, 57, 130, A2, A12');
});

test('photos are cut by the hour of the race, not of the reader', () => {
  const photos = ['2026-06-21T05:59:00Z', '2026-06-21T06:01:00Z', '2026-06-21T06:30:00Z', null].map(
    (takenAt) => ({
      takenAt,
    }),
  );
  const moments = groupByHour(photos, 'Europe/Paris');
  expect(moments.map(({ hour, offset, photos: some }) => [hour, offset, some.length])).toEqual([
    [7, 0, 1],
    [8, 1, 2],
    [null, 3, 1],
  ]);
});

test('midnight is hour 0 in both languages', () => {
  const midnight = new Date('2026-06-20T22:05:00Z');
  expect(formatClock(midnight, { locale: 'fr', timeZone: 'Europe/Paris' })).toBe('0 h 05');
  expect(formatClock(midnight, { locale: 'en', timeZone: 'Europe/Paris' })).toBe('00:05');
});

test('a price shows its cents only when there are some', () => {
  expect(formatMoney(2400, 'eur', 'fr')).toMatch(/^24\s€$/u);
  expect(formatMoney(2450, 'eur', 'fr')).toMatch(/^24,50\s€$/u);
  expect(formatMoney(2400, 'eur', 'en')).toBe('€24');
});
