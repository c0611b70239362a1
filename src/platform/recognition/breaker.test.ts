import { describe, expect, test } from 'vitest';
import { createBreaker } from './breaker.ts';

function breakerAt(start = 1000) {
  let nowMs = start;
  const breaker = createBreaker({ nowMs: () => nowMs, failuresInARow: 3, openMs: 100, mostOpenMs: 300 });
  const fail = (times: number) => {
    for (let index = 0; index < times; index += 1) breaker.failed();
  };
  return {
    breaker,
    fail,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('the breaker', () => {
  test('opens after failures in a row, and a success between starts the count again', () => {
    const { breaker, fail } = breakerAt();
    fail(2);
    breaker.succeeded();
    fail(2);
    expect(breaker.mayCall()).toBe(true);
    fail(1);
    expect(breaker.mayCall()).toBe(false);
    expect(breaker.openForMs()).toBe(100);
  });

  test('lets one caller look when its time is over, and opens twice as long when that fails, up to a bound', () => {
    const { breaker, fail, pass } = breakerAt();
    fail(3);
    for (const nextMs of [200, 300, 300]) {
      pass(breaker.openForMs());
      expect([breaker.mayCall(), breaker.mayCall()]).toEqual([true, false]);
      expect(breaker.openForMs()).toBeGreaterThan(0);
      fail(1);
      expect(breaker.openForMs()).toBe(nextMs);
    }
  });

  test('closes when the look is answered', () => {
    const { breaker, fail, pass } = breakerAt();
    fail(3);
    pass(100);
    breaker.mayCall();
    breaker.succeeded();
    expect([breaker.mayCall(), breaker.mayCall()]).toEqual([true, true]);
  });

  test('failures of calls that left before it opened do not prolong it', () => {
    const { breaker, fail } = breakerAt();
    fail(9);
    expect(breaker.openForMs()).toBe(100);
  });

  test('a look that came to no answer leaves the look to the next caller', () => {
    const { breaker, fail, pass } = breakerAt();
    fail(3);
    pass(100);
    breaker.mayCall();
    breaker.gaveUp();
    expect(breaker.mayCall()).toBe(true);
  });
});
