import { expect, test } from 'vitest';
import { packDescriptor } from '#vision/faces/compare-faces.ts';
import type { FaceFinding } from '#vision/findings.ts';
import { analysisOf } from '../../tests/doubles/fake-engine.ts';
import { groupFaces } from './group-faces.ts';

/** A face whose descriptor points along one axis. */
function faceAlong(axis: number): FaceFinding {
  const descriptor = new Float32Array(128);
  descriptor[axis] = 1;
  return {
    ...{ box: { x: 0, y: 0, w: 0.1, h: 0.1 }, confidence: 0.9, smile: null },
    descriptor: packDescriptor(descriptor),
    quality: { sizePx: 80, sharpness: 1, yawDegrees: 0, score: 1 },
  };
}

const photoOf = (...faces: FaceFinding[]) => {
  return { file: 'a.jpg', failure: null, analysis: analysisOf({ faces }) };
};

test('faces that are alike are one person, photos without faces have none, and no descriptor is left', () => {
  const results = [photoOf(faceAlong(1), faceAlong(2)), photoOf(), photoOf(faceAlong(2))];
  const [first, none, last] = groupFaces(results);
  expect(first).toHaveLength(2);
  expect(first?.[0]).not.toBe(first?.[1]);
  expect(none).toEqual([]);
  expect(last).toEqual([first?.[1]]);
  const left = results.flatMap(({ analysis }) => (analysis.faces ?? []).map(({ descriptor }) => descriptor));
  expect(left.join('')).toBe('');
});
