export interface Breaker {
  /** False while the breaker is open; lets one caller through when its time is over, to see. */
  mayCall(): boolean;
  succeeded(): void;
  failed(): void;
  /** The caller came to no answer of either kind: the next one may look. */
  gaveUp(): void;
  /** Until a caller is let through; 0 while one would be. */
  openForMs(): number;
}

export interface BreakerOptions {
  /** Milliseconds that never go back. */
  nowMs: () => number;
  failuresInARow: number;
  /** The first time; doubles with each failed look, up to `mostOpenMs`. */
  openMs: number;
  mostOpenMs: number;
}

/** Stops calling what does not answer, so that nothing waits for it and it is not hammered while it recovers. */
export function createBreaker(options: BreakerOptions): Breaker {
  const { nowMs, failuresInARow, openMs, mostOpenMs } = options;
  let failures = 0;
  let opened = 0;
  let closedAgainAt = 0;
  let looking = false;

  const openForMs = () => {
    if (opened === 0) return 0;
    return Math.max(looking ? 1 : 0, closedAgainAt - nowMs());
  };
  return {
    openForMs,
    mayCall: () => {
      if (opened === 0) return true;
      if (looking || openForMs() > 0) return false;
      looking = true;
      return true;
    },
    succeeded: () => {
      failures = 0;
      opened = 0;
      looking = false;
    },
    failed: () => {
      failures += 1;
      looking = false;
      // Calls that left before it opened and fail after say nothing new.
      if (failures < failuresInARow || openForMs() > 0) return;
      closedAgainAt = nowMs() + Math.min(mostOpenMs, openMs * 2 ** opened);
      opened += 1;
    },
    gaveUp: () => {
      looking = false;
    },
  };
}
