import { expect, test } from 'vitest';
import { dropOverlapping } from './drop-overlapping.ts';

const found = (confidence: number, x: number) => ({ box: { x, y: 0, w: 0.2, h: 0.5 }, confidence });

test('of two boxes around one body the surer one stays', () => {
  expect(dropOverlapping([found(0.6, 0.1), found(0.9, 0.12)])).toEqual([found(0.9, 0.12)]);
});

test('two who run side by side both stay, the surer one first', () => {
  expect(dropOverlapping([found(0.6, 0.1), found(0.9, 0.2)])).toEqual([found(0.9, 0.2), found(0.6, 0.1)]);
});
