import type { Clock } from '#platform/clock.ts';

export interface FixedClock extends Clock {
  advance(seconds: number): void;
  set(instant: Date): void;
}

/** Stands still until it is moved. */
export function newFixedClock(start = new Date('2026-06-14T10:00:00.000Z')): FixedClock {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    advance: (seconds) => {
      now += seconds * 1000;
    },
    set: (instant) => {
      now = instant.getTime();
    },
  };
}
