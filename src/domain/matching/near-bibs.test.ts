import { describe, expect, test } from 'vitest';
import { listNearBibs, readBibQuery } from './near-bibs.ts';

describe('bibs one slip away', () => {
  test('a changed, dropped, added and swapped digit are near', () => {
    const near = listNearBibs('1234');
    for (const bib of ['1284', '124', '12334', '1243', '01234']) expect(near).toContain(bib);
  });

  test('the bib itself, two slips and nothing at all are not', () => {
    const near = listNearBibs('1234');
    for (const bib of ['1234', '1289', '12', '']) expect(near).not.toContain(bib);
    expect(new Set(near).size).toBe(near.length);
    expect(near.length).toBeLessThan(100);
  });

  test('one digit has neighbours and an endless number has none', () => {
    expect(listNearBibs('7')).toContain('17');
    expect(listNearBibs('123456789')).toEqual([]);
  });
});

describe('a bib in a search box', () => {
  test.each([
    ['101', '101'],
    [' #101 ', '101'],
    ['n° 0101', '0101'],
    ['Dossard 42', '42'],
    ['a12', 'A12'],
    ['F-204', 'F-204'],
  ])('%j is read as %j', (query, bib) => {
    expect(readBibQuery(query)).toBe(bib);
  });

  test.each(['', 'Léa', 'jean 3 martin', '12345678', "1' or 1=1"])('%j is no bib', (query) => {
    expect(readBibQuery(query)).toBeNull();
  });
});
