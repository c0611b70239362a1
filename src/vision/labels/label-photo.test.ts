import { expect, test } from 'vitest';
import { type LabelInput, labelPhoto } from './label-photo.ts';

const person = (x: number, h: number, confidence = 0.95) => ({
  box: { x, y: 0.9 - h, w: h * 0.3, h },
  confidence,
});
const bibOf = ({ box }: ReturnType<typeof person>, kind: 'sure' | 'guess' = 'sure') => ({
  box: { x: box.x + box.w * 0.3, y: box.y + box.h * 0.35, w: box.w * 0.4, h: box.h * 0.07 },
  kind,
});
const names = (input: Partial<LabelInput>) =>
  labelPhoto({ widthPx: 1000, heightPx: 1000, persons: [], bibs: [], ...input }).map(({ name }) => name);

test('a photo of nobody says only how it is held', () => {
  expect(names({ widthPx: 3000, heightPx: 2000 })).toEqual(['landscape']);
  expect(names({ widthPx: 2000, heightPx: 3000 })).toEqual(['portrait']);
  expect(names({})).toEqual([]);
});

test('a body that may be none is not said to be a person', () => {
  expect(names({ persons: [person(0.3, 0.6, 0.6)] })).toEqual([]);
  expect(names({ persons: [person(0.3, 0.6)] })).toEqual(['person']);
});

test('two runners with bibs, about as near, are a group', () => {
  const near = person(0.1, 0.7);
  const beside = person(0.5, 0.6);
  expect(names({ persons: [near, beside], bibs: [bibOf(near), bibOf(beside)] })).toEqual(['person', 'group']);
});

test.each([
  ['a spectator without a bib', [bibOf(person(0.1, 0.7))]],
  ['somebody whose number is only guessed', [bibOf(person(0.1, 0.7)), bibOf(person(0.5, 0.6), 'guess')]],
  ['two numbers on one chest', [bibOf(person(0.1, 0.7)), bibOf(person(0.1, 0.7))]],
])('%s makes no group', (_, bibs) => {
  expect(names({ persons: [person(0.1, 0.7), person(0.5, 0.6)], bibs })).not.toContain('group');
});

test('a runner far behind makes no group', () => {
  const near = person(0.1, 0.8);
  const far = person(0.6, 0.3);
  expect(names({ persons: [near, far], bibs: [bibOf(near), bibOf(far)] })).not.toContain('group');
});

test('ten who can be seen well are a crowd, ten dots on the horizon are not', () => {
  const many = (height: number) => Array.from({ length: 10 }, (_, index) => person(index / 11, height));
  expect(names({ persons: many(0.3) })).toContain('crowd');
  expect(names({ persons: many(0.3).slice(1) })).not.toContain('crowd');
  expect(names({ persons: many(0.05) })).not.toContain('crowd');
});

test.each([
  ['a broad smile', [{ smile: 0.95, quality: { sizePx: 80 } }], ['smile']],
  ['a doubtful smile', [{ smile: 0.6, quality: { sizePx: 80 } }], []],
  ['a small face, which may be panting', [{ smile: 0.95, quality: { sizePx: 50 } }], []],
  ['a face too small to tell', [{ smile: null, quality: { sizePx: 40 } }], []],
  ['no face mode', undefined, []],
])('of %s the labels are as expected', (_, faces, expected) => {
  expect(names({ faces })).toEqual(expected);
});

test('a finish is known by its clock or its arch', () => {
  expect(names({ words: [{ text: 'Finish', confidence: 0.9 }] })).toEqual(['finish']);
  expect(names({ words: [{ text: 'Start', confidence: 0.9 }] })).toEqual([]);
  expect(names({ dropped: [{ reason: 'clock', confidence: 0.98 }] })).toEqual(['finish']);
  expect(names({ dropped: [{ reason: 'clock', confidence: 0.1 }] })).toEqual([]);
  expect(names({ dropped: [{ reason: 'year', confidence: 0.98 }] })).toEqual([]);
});
