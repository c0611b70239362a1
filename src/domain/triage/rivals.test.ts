import { expect, test } from 'vitest';
import { findRivals } from './rivals.ts';

test('bibs at one place are rivals, those of neighbours and those without a place are not', () => {
  const rivals = findRivals([
    { bib: '729', box: { x: 0.4, y: 0.4, w: 0.1, h: 0.05 } },
    { bib: '749', box: { x: 0.4, y: 0.4, w: 0.1, h: 0.05 } },
    // The body that wears it.
    { bib: '709', box: { x: 0.35, y: 0.2, w: 0.2, h: 0.6 } },
    { bib: '12', box: { x: 0.52, y: 0.2, w: 0.2, h: 0.6 } },
    { bib: '13', box: null },
  ]);
  expect(Object.fromEntries(rivals)).toEqual({
    729: ['749', '709'],
    749: ['729', '709'],
    709: ['729', '749'],
    12: [],
    13: [],
  });
});
