/** A pause is no work: it does not count towards the decisions an hour. */
const LONGEST_THOUGHT_MS = 60_000;
/** From fewer, a pace says nothing. */
const LEAST_DECIDED = 5;

/** How many acts were decided on this page, and how fast. */
export function createPace(now: () => number) {
  let decided = 0;
  let activeMs = 0;
  let lastMs: number | null = null;
  return {
    decided: () => decided,
    note(): void {
      const atMs = now();
      if (lastMs !== null) activeMs += Math.min(atMs - lastMs, LONGEST_THOUGHT_MS);
      lastMs = atMs;
      decided += 1;
    },
    takeBack(): void {
      decided = Math.max(decided - 1, 0);
    },
    perHour(): number | null {
      const isEnough = decided >= LEAST_DECIDED && activeMs > 0;
      return isEnough ? Math.round(((decided - 1) / activeMs) * 3_600_000) : null;
    },
  };
}
