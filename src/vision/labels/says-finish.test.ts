import { expect, test } from 'vitest';
import { saysFinish } from './says-finish.ts';

const read = (text: string, confidence = 0.9) => saysFinish([{ text, confidence }]);

test.each(['FINISH', 'finish', 'FIINNISH', 'Arrivée', 'ARRIVEE', 'LIGNE D’ARRIVEE 10 KM', 'FlNISH'])(
  '%s is the word of a finish',
  (text) => expect(read(text)).toBe(true),
);

test.each(['START', 'PORT', 'FISH', 'DANISH', 'POLISH', 'FINANCE', 'ARENA', 'ARRIBA', 'DRIVE', '', '1234'])(
  '%s is not',
  (text) => expect(read(text)).toBe(false),
);

test('a word that was hardly legible says nothing', () => {
  expect(read('FINISH', 0.5)).toBe(false);
});

test('an arch of start and finish tells neither', () => {
  const words = ['start', 'finish'].map((text) => ({ text, confidence: 0.99 }));
  expect(saysFinish(words)).toBe(false);
});
