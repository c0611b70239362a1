import { expect, test } from 'vitest';
import type { BibRead } from '#vision/findings.ts';
import { toLabelFindings } from './recogniser-labels.ts';

const person = (x: number) => ({ x, y: 0.2, w: 0.2, h: 0.7 });
const bibOn = (x: number): BibRead => ({
  ...{ bib: '101', confidence: 0.99, tiltDegrees: 0, kind: 'sure', text: '101', digitProbabilities: '' },
  box: { x: x + 0.06, y: 0.42, w: 0.08, h: 0.05 },
});
const picture = { widthPx: 2000, heightPx: 2000, bibs: [], smiles: [] };
const names = (...given: Parameters<typeof toLabelFindings>) =>
  toLabelFindings(...given)
    .map(({ name }) => name)
    .sort();

test('two runners with bibs are a group by our own rule, two persons alone are none', () => {
  const said = [{ name: 'Person', confidence: 0.98, boxes: [person(0.1), person(0.5)] }];
  expect(names(said, { ...picture, bibs: [bibOn(0.1), bibOn(0.5)] })).toEqual(['group', 'person']);
  expect(names(said, picture)).toEqual(['person']);
});

test('words are ours or are left out, and doubtful ones too', () => {
  const said = [
    { name: 'Bicycle', confidence: 0.97, boxes: [] },
    { name: 'Podium', confidence: 0.6, boxes: [] },
    { name: 'constructor', confidence: 1, boxes: [] },
  ];
  expect(names(said, picture)).toEqual(['bicycle']);
});

test('a smile is one when it is sure, and the shape of the picture is told', () => {
  expect(names([], { ...picture, smiles: [0.95, 0.2] })).toEqual(['smile']);
  expect(names([], { ...picture, smiles: [0.5] })).toEqual([]);
  expect(names([], { ...picture, heightPx: 1000 })).toEqual(['landscape']);
});
