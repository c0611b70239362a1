import { describe, expect, test } from 'vitest';
import type { Lab } from '#vision/findings.ts';
import { differingBits, findStacks, type StackFrame } from './stack.ts';

const red: Lab = [45, 60, 40];
const blue: Lab = [30, 20, -60];
const hashes = { a: '0123456789abcdef', almostA: '0123456789abcde0', other: 'fedcba9876543210' };

function frame(photoId: string, seconds: number, more: Partial<StackFrame> = {}): StackFrame {
  const atMs = Date.UTC(2026, 4, 17, 9) + seconds * 1000;
  const plain = { sequence: null, qualityScore: 70, blurry: false, pixels: 24e6, subjectShare: 0.1 };
  const unseen = { perceptualHash: null, clothing: null, hidden: false };
  return {
    photoId,
    cameraKey: 'c',
    cameraAtMs: atMs,
    sortAtMs: atMs,
    bibs: ['7'],
    ...plain,
    ...unseen,
    ...more,
  };
}

const idsOf = (frames: StackFrame[]) => findStacks(frames).map(({ photoIds }) => photoIds.join(' '));

describe('a stack', () => {
  test('is the frames that one camera took of one runner within two seconds of each other', () => {
    const frames = [frame('d', 9), frame('a', 0), frame('b', 1.9), frame('c', 3.8)];
    expect(idsOf(frames)).toEqual(['a b c']);
  });

  test('is not shared by two cameras, nor by photos without a camera', () => {
    expect(idsOf([frame('a', 0), frame('b', 0.5, { cameraKey: 'other' })])).toEqual([]);
    expect(idsOf([frame('a', 0, { cameraKey: null }), frame('b', 0.5, { cameraKey: null })])).toEqual([]);
  });

  test('ends where other runners are published', () => {
    const frames = [
      frame('a', 0),
      frame('b', 0.5),
      frame('c', 1, { bibs: ['8'] }),
      frame('d', 1.5, { bibs: ['8'] }),
    ];
    expect(idsOf(frames)).toEqual(['a b', 'c d']);
    expect(idsOf([frame('a', 0, { bibs: ['7', '8'] }), frame('b', 0.6, { bibs: ['8', '9'] })])).toEqual([]);
  });

  test('of a second may differ in who was read, as long as one runner is on all of its frames', () => {
    const read = (seconds: number, ...bibs: string[]) => frame(`at ${seconds}`, seconds, { bibs });
    const split = [
      read(0, '1134', '1046'),
      read(0.2, '1134', '104'),
      read(0.4, '1134'),
      read(0.6, '1134', '146'),
    ];
    expect(findStacks(split).map(({ photoIds }) => photoIds.length)).toEqual([4]);
    expect(idsOf([read(0, '1', '2'), read(0.4, '2', '3'), read(0.8, '3', '4')])).toEqual(['at 0 at 0.4']);
    expect(idsOf([read(0, '1', '2'), read(0.5, '1', '3'), read(1, '1', '4'), read(1.5, '1', '5')])).toEqual([
      'at 0 at 0.5 at 1',
    ]);
  });

  test('holds frames on which fewer of the same runners are published, and its lead shows them all', () => {
    const frames = [
      frame('a', 0, { qualityScore: 99 }),
      frame('b', 1, { bibs: ['8', '7'] }),
      frame('c', 2, { bibs: ['8'], qualityScore: 99 }),
    ];
    expect(findStacks(frames)).toEqual([{ photoIds: ['a', 'b', 'c'], leadId: 'b' }]);
  });

  test('takes a frame on which nobody is published only when it looks like the one before, within a second', () => {
    const worn = (upper: Lab) => ({ clothing: { upper, lower: null } });
    const next = (seconds: number, more: Partial<StackFrame>) => [
      frame('a', 0, { ...worn(red), perceptualHash: hashes.a }),
      frame('b', seconds, { bibs: [], ...more }),
    ];
    expect(idsOf(next(0.5, worn([50, 55, 35])))).toEqual(['a b']);
    expect(idsOf(next(0.5, worn(blue)))).toEqual([]);
    expect(idsOf(next(0.5, {}))).toEqual([]);
    expect(idsOf(next(0.5, { perceptualHash: hashes.almostA }))).toEqual(['a b']);
    expect(idsOf(next(1.5, worn(red)))).toEqual([]);
  });

  test('may have longer steps where the camera numbered its frames', () => {
    expect(idsOf([frame('a', 0, { sequence: 4 }), frame('b', 3.5, { sequence: 5 })])).toEqual(['a b']);
    expect(idsOf([frame('a', 0, { sequence: 4 }), frame('b', 3.5, { sequence: 6 })])).toEqual([]);
    expect(idsOf([frame('a', 0, { sequence: 4 }), frame('b', 60, { sequence: 5 })])).toEqual([]);
  });

  test('has an end however long a camera shoots', () => {
    const steady = Array.from({ length: 40 }, (_, index) =>
      frame(`p${String(index).padStart(2, '0')}`, index),
    );
    expect(findStacks(steady).map(({ photoIds }) => photoIds.length)).toEqual([11, 11, 11, 7]);
    const fast = Array.from({ length: 60 }, (_, index) =>
      frame(`p${String(index).padStart(2, '0')}`, index / 20),
    );
    expect(findStacks(fast).map(({ photoIds }) => photoIds.length)).toEqual([24, 24, 12]);
  });
});

describe('copies of one picture', () => {
  const original = frame('a', 0, { perceptualHash: hashes.a });
  const copy = (more: Partial<StackFrame>) =>
    frame('b', 30, { cameraKey: null, cameraAtMs: null, perceptualHash: hashes.almostA, ...more });

  test('are one stack within a minute, whatever camera they name', () => {
    expect(idsOf([original, copy({})])).toEqual(['a b']);
    expect(idsOf([original, copy({ cameraKey: 'other', bibs: [] })])).toEqual(['a b']);
    expect(idsOf([original, copy({ sortAtMs: original.sortAtMs + 61_000 })])).toEqual([]);
  });

  test('are not those of another picture, nor of another runner', () => {
    expect(idsOf([original, copy({ perceptualHash: hashes.other })])).toEqual([]);
    expect(idsOf([original, copy({ bibs: ['8'] })])).toEqual([]);
  });

  test('join the bursts they are in, and the large one leads', () => {
    const frames = [
      original,
      frame('c', 1),
      copy({ pixels: 1e6, qualityScore: 90 }),
      frame('d', 31, { cameraKey: null }),
    ];
    expect(findStacks(frames)).toEqual([{ photoIds: ['a', 'c', 'b'], leadId: 'a' }]);
  });
});

describe('the lead', () => {
  test.each<[string, Partial<StackFrame>]>([
    ['is sharp', { blurry: true, qualityScore: 90, subjectShare: 0.3 }],
    ['is the better photo', { qualityScore: 60 }],
    ['has its main person large', { subjectShare: 0.02 }],
    ['is not hidden', { hidden: true, qualityScore: 99, bibs: ['7'] }],
    ['shows who is published', { bibs: [], clothing: { upper: red, lower: null }, qualityScore: 99 }],
  ])('%s', (_, worse) => {
    const shirt = { clothing: { upper: red, lower: null } };
    expect(findStacks([frame('a', 0, { ...shirt, ...worse }), frame('b', 0.5, shirt)])).toEqual([
      { photoIds: ['a', 'b'], leadId: 'b' },
    ]);
  });

  test('does not hang on the order in which photos are given', () => {
    const frames = [frame('a', 0), frame('b', 0), frame('c', 1), frame('d', 2)];
    expect(findStacks(frames.toReversed())).toEqual(findStacks(frames));
  });
});

test('bits that differ are counted over all 64', () => {
  expect(differingBits(hashes.a, hashes.other)).toBe(64);
  expect(differingBits('ffffffff00000000', '7fffffff00000001')).toBe(2);
  expect(differingBits(hashes.a, null)).toBe(64);
});
