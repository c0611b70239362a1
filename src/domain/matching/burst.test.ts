import { describe, expect, test } from 'vitest';
import { BURST_REACH_MS, type Shot, splitBursts } from './burst.ts';

const START = Date.UTC(2026, 5, 14, 9);
const shot = (seconds: number, cameraKey = 'a', id = `${cameraKey}-${seconds}`): Shot => ({
  ...{ id, cameraKey },
  takenAtMs: START + seconds * 1000,
});
const secondsOf = (bursts: Shot[][]) =>
  bursts.map((burst) => burst.map((one) => (one.takenAtMs - START) / 1000));

describe('bursts', () => {
  test('end at a pause, and hold one camera alone', () => {
    const bursts = splitBursts([shot(0), shot(3.5), shot(8), shot(0.5, 'b'), shot(8.2)]);
    expect(secondsOf(bursts)).toEqual([[0, 3.5], [8, 8.2], [0.5]]);
  });

  test('are cut where a camera goes on for long, and never hold more than sixty', () => {
    const long = Array.from({ length: 40 }, (_, index) => shot(index));
    for (const burst of splitBursts(long)) expect(burst.length).toBeLessThanOrEqual(10);
    const full = Array.from({ length: 150 }, (_, index) => shot(index / 30, 'a', `p${index}`));
    expect(splitBursts(full).map((burst) => burst.length)).toEqual([60, 60, 30]);
  });

  test('of a photo’s surroundings are those of the whole', () => {
    const gaps = [0.3, 3.9, 0.4, 4.5, 1.1, 0.2, 3.7, 0.9, 1.4, 4.1, 1.6, 0.7, 1.2, 3.8, 0.5, 1.3, 1.5, 0.8];
    let at = 0;
    const shots = Array.from({ length: 90 }, (_, index) => {
      at += gaps[(index * 7) % gaps.length] ?? 0;
      return shot(at);
    });
    const whole = splitBursts(shots);
    for (const one of shots) {
      const near = shots.filter((other) => Math.abs(other.takenAtMs - one.takenAtMs) <= BURST_REACH_MS);
      const own = (bursts: Shot[][]) => bursts.find((burst) => burst.includes(one));
      expect(own(splitBursts(near))).toEqual(own(whole));
    }
  });
});
