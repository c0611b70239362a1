import { expect, it } from 'vitest';
import { learnTrust } from './learn-trust.ts';
import type { Burst, Frame } from './scene.ts';

const day = Date.UTC(2026, 5, 14);

/** One runner, read surely, whose passage is so many seconds from the photo; and somebody else who passed just then. */
function seen(index: number, secondsAway: number): Burst {
  const bib = String(100 + index);
  const atMs = day + index * 60_000;
  const frame: Frame = {
    photoId: bib,
    cameraAtMs: atMs,
    atMs,
    persons: [{ box: { x: 0.4, y: 0.2, w: 0.12, h: 0.5 }, confidence: 0.97 }],
    reads: [{ bib, text: bib, kind: 'sure', confidence: 0.99, box: { x: 0.44, y: 0.38, w: 0.04, h: 0.03 } }],
    decisions: [],
  };
  const expected = (away: number) => ({ atMs: atMs + away * 1000, spreadMs: 300 });
  const candidates = [
    { bib, expected: expected(secondsAway), seenIn: [] },
    { bib: '9', expected: expected(0.2), seenIn: [] },
  ];
  return { frames: [frame], candidates, timed: true, clockSpreadMs: 100, startListSize: 300 };
}

const indexes = Array.from({ length: 200 }, (_, index) => index);

it('trusts timing that tells the sure reads, and not one that is minutes off', () => {
  expect(learnTrust(indexes.map((index) => seen(index, 0.3))).timing).toBeGreaterThan(0.95);
  expect(learnTrust(indexes.map((index) => seen(index, 25 * 60))).timing).toBeLessThan(0.2);
});

it('lets few sure reads change little, and none nothing', () => {
  const wrong = learnTrust([seen(0, 25 * 60)]).timing;
  expect(wrong).toBeLessThan(1);
  expect(wrong).toBeGreaterThan(0.9);
  expect(learnTrust([])).toEqual({ timing: 1, neighbour: 1, clothing: 1 });
});
