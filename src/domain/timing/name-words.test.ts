import { expect, test } from 'vitest';
import { understandWords } from './name-words.ts';

const LIST = new Set([
  'jean',
  'francois',
  'lefevre',
  'lefebvre',
  'le',
  'goff',
  'martin',
  'li',
  'lo',
  'anais',
]);

function meant(typed: string, slips = 2): string[] {
  const found = understandWords(typed.split(' '), LIST, slips);
  return found.map((forms) => forms.map((words) => words[0]?.word ?? '').join(' '));
}

test('a word is found with a letter dropped, added, replaced or swapped with its neighbour', () => {
  for (const typed of ['lefevr', 'leefevre', 'lefavre', 'elfevre', 'lefeve'])
    expect([typed, meant(typed, 1)]).toEqual([typed, ['lefevre']]);
  expect(meant('fransios')).toEqual(['francois']);
});

test('a beginning is as good as the word, and a whole word better', () => {
  expect(meant('mart', 0)).toEqual(['martin']);
  expect(understandWords(['le'], LIST, 0)[0]?.map((forms) => forms.map(({ word }) => word))).toEqual([
    ['le', 'lefebvre', 'lefevre'],
  ]);
});

test('words written together or apart are the same name', () => {
  expect(meant('jeanfrancois legoff', 1)).toEqual(['jean francois le goff']);
  expect(meant('mar tin')).toEqual(['martin']);
});

test('two letters are taken as they stand, and what is near nothing is nothing', () => {
  expect(meant('la')).toEqual([]);
  expect(meant('nguyen')).toEqual([]);
  expect(meant('martin nguyen')).toEqual([]);
});
