import { expect, it } from 'vitest';
import { durationWords, offsetParts, readOffset } from './offset-words.ts';

const plain = (text: string) => text.replaceAll(/\s/gu, ' ');

it('says an offset as people do, to a tenth of a second', () => {
  expect(plain(durationWords(-192_440, 'fr'))).toBe('3 min 12,4 s');
  expect(plain(durationWords(7_203_060, 'en'))).toBe('2 hrs 0 mins 3.1 secs');
  expect(plain(durationWords(59_980, 'fr'))).toBe('1 min 0,0 s');
  expect(plain(durationWords(0, 'fr'))).toBe('0,0 s');
});

it('reads by hand what it shows, and nothing that is no number', () => {
  for (const offsetMs of [-192_440, 3_612_400, 0]) {
    for (const locale of ['fr', 'en']) expect(readOffset(offsetParts(offsetMs, locale))).toBe(offsetMs);
  }
  expect(offsetParts(-192_440, 'fr').seconds).toBe('12,44');
  const parts = { sign: 'ahead', hours: '', minutes: '3', seconds: '12,4' };
  expect(readOffset(parts)).toBe(-192_400);
  expect(readOffset({ ...parts, minutes: 'three' })).toBeNaN();
  expect(readOffset({ ...parts, minutes: '-3' })).toBeNaN();
});
