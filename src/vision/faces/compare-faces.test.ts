import { expect, test } from 'vitest';
import { compareFaces, descriptorLength, packDescriptor, unpackDescriptor } from './compare-faces.ts';

const numbered = Float32Array.from({ length: descriptorLength }, (_, i) => Math.sin(i));

test('a face is at distance 0 from itself, and distance is the same both ways', () => {
  const other = numbered.map((value, i) => value + (i === 5 ? 0.3 : 0));
  expect(compareFaces(numbered, numbered)).toBe(0);
  expect(compareFaces(numbered, other)).toBeCloseTo(0.3, 6);
  expect(compareFaces(other, numbered)).toBe(compareFaces(numbered, other));
});

test('a descriptor survives being packed bit by bit', () => {
  expect(unpackDescriptor(packDescriptor(numbered))).toEqual(numbered);
});

test('what is no descriptor is refused', () => {
  expect(() => unpackDescriptor('')).toThrow('a descriptor of 0 bytes');
  expect(() => unpackDescriptor(Buffer.alloc(508).toString('base64'))).toThrow('508 bytes');
  const broken = Float32Array.from(numbered).fill(Number.NaN, 3, 4);
  expect(() => unpackDescriptor(packDescriptor(broken))).toThrow('not finite');
});
