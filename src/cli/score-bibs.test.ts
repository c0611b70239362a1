import { expect, test } from 'vitest';
import { scoreAll, scorePhoto } from './score-bibs.ts';

const truth = {
  file: 'a.jpg',
  bibs: ['1432', '0012'],
  ignore: ['432', '77'],
  extra: ['900'],
  partial: ['432'],
};
const reads = (...bibs: string[]) => bibs.map((bib) => ({ bib, confidence: 0.9 }));

test('letters and leading zeros are dropped on both sides', () => {
  expect(scorePhoto(truth, reads('A1432', '12'))).toEqual({
    hits: ['1432', '12'],
    falseAlarms: [],
    missed: [],
  });
});

test('half-hidden and unlabelled numbers are neutral, pieces of a number are false alarms', () => {
  expect(scorePhoto(truth, reads('77', '900', '432', '5'))).toEqual({
    hits: [],
    falseAlarms: ['432', '5'],
    missed: ['1432', '12'],
  });
});

test('a read below one half does not count, and one number counts once', () => {
  const unsure = [{ bib: '1432', confidence: 0.49 }, ...reads('12', '012')];
  expect(scorePhoto(truth, unsure)).toEqual({ hits: ['12'], falseAlarms: [], missed: ['1432'] });
});

test('figures are taken over all photos together', () => {
  const score = scoreAll([
    { hits: ['1', '2', '3'], falseAlarms: [], missed: [] },
    { hits: [], falseAlarms: ['9'], missed: ['4', '5'] },
  ]);
  expect(score).toMatchObject({ precision: 0.75, recall: 0.6, f1: expect.closeTo(2 / 3, 6) });
});

test('no photo gives no figure above zero', () => {
  expect(scoreAll([])).toMatchObject({ precision: 0, recall: 0, f1: 0 });
});
