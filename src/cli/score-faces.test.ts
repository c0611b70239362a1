import { expect, test } from 'vitest';
import { descriptorLength } from '#vision/faces/compare-faces.ts';
import { scoreClusters, scoreDetection, scoreRecognition } from './score-faces.ts';

const box = (x: number) => ({ x, y: 0, w: 10, h: 10 });
const at = (place: number) => {
  const descriptor = new Float32Array(descriptorLength);
  descriptor[0] = place;
  return descriptor;
};

test('each found box counts for one face, and each face once', () => {
  const photo = { faces: [box(0), box(100)], unseen: 1, found: [box(1), box(2), box(50)] };
  expect(scoreDetection([photo])).toEqual({
    precision: 1 / 3,
    recall: 1 / 3,
    hits: 1,
    falseAlarms: 2,
    missed: 2,
  });
});

test('a face that two boxes claim goes to the one that has no other', () => {
  // The first box overlaps both faces, the second one only the face that the first prefers.
  const photo = { faces: [box(0), box(8)], unseen: 0, found: [box(4), box(-3)] };
  expect(scoreDetection([photo])).toMatchObject({ hits: 2, falseAlarms: 0, missed: 0 });
});

test('a photo without faces and without boxes is no fault', () => {
  expect(scoreDetection([{ faces: [], unseen: 0, found: [] }])).toMatchObject({ precision: 1, recall: 1 });
});

test('pairs of one person count when they are nearer than strangers may be', () => {
  const portraits = [
    { person: 'Ada', descriptor: at(0) },
    { person: 'Ada', descriptor: at(0.3) },
    { person: 'Bob', descriptor: at(2) },
    { person: 'Bob', descriptor: at(2.5) },
    { person: 'Bob', descriptor: null },
  ];
  const score = scoreRecognition(portraits, 0);
  expect(score).toMatchObject({ portraits: 5, described: 4 });
  expect(score.distance).toBeCloseTo(1.7, 6);
  // One pair of Ada's and one of Bob's, of Bob's three.
  expect(score.trueAcceptRate).toBe(2 / 4);
});

test('clusters are judged by their pairs', () => {
  const people = new Map([
    ['a1', 'Ada'],
    ['a2', 'Ada'],
    ['a3', 'Ada'],
    ['b1', 'Bob'],
  ]);
  expect(scoreClusters([['a1', 'a2', 'b1'], ['a3']], people)).toEqual({
    pairPrecision: 1 / 3,
    pairRecall: 1 / 3,
    clusters: 2,
    people: 2,
  });
});
