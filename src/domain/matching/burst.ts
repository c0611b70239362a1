/** Photos of one camera whose gaps are no longer are one burst: further apart, the weighing hears nothing of a neighbour. */
const MOST_GAP_MS = 4000;
/** A finisher every second makes one long burst of a whole afternoon. It is cut by the clock, so that where a photo
 *  belongs never hangs on photos far from it. */
const LONGEST_BURST_MS = 10_000;
/** A camera at 20 pictures a second fills that in three seconds. */
const MOST_FRAMES = 60;
/** Further from their expectation than three deviations, with the depth of the picture, and the time it takes to cross it,
 *  runners do not come. Events are simulated with the same. */
const DEVIATIONS = 3;
const DEPTH_MS = 1200;
const CROSSING_MS = 4000;
/** Beyond that an expectation says nothing. */
const MOST_REACH_MS = 300_000;

/** Photos further apart than that never change each other's burst. */
export const BURST_REACH_MS = 2 * LONGEST_BURST_MS + MOST_GAP_MS;

export interface Shot {
  id: string;
  cameraKey: string;
  takenAtMs: number;
}

/**
 * The bursts of a camera's photos, in order. Where a photo belongs is decided by the photos within BURST_REACH_MS of it,
 * so a part of an event is split as the whole is.
 */
export function splitBursts<Taken extends Shot>(shots: readonly Taken[]): Taken[][] {
  const sorted = shots.toSorted(
    (a, b) => compare(a.cameraKey, b.cameraKey) || a.takenAtMs - b.takenAtMs || compare(a.id, b.id),
  );
  return splitWhere(sorted, follows).flatMap(cutLong).flatMap(cutFull);
}

/** How far around its expectation a runner may be photographed, ms, when the deviations of both times are these. */
export function reachMs(expectedSpreadMs: number, clockSpreadMs: number): number {
  const deviation = Math.hypot(expectedSpreadMs, clockSpreadMs, DEPTH_MS);
  return Math.min(MOST_REACH_MS, CROSSING_MS + DEVIATIONS * deviation);
}

export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function follows(before: Shot, after: Shot): boolean {
  return before.cameraKey === after.cameraKey && after.takenAtMs - before.takenAtMs <= MOST_GAP_MS;
}

function cutLong<Taken extends Shot>(chain: Taken[]): Taken[][] {
  const [first, last] = [chain[0], chain.at(-1)];
  if (!first || !last || last.takenAtMs - first.takenAtMs <= LONGEST_BURST_MS) return [chain];
  const slot = ({ takenAtMs }: Shot) => Math.floor(takenAtMs / LONGEST_BURST_MS);
  return splitWhere(chain, (before, after) => slot(before) === slot(after));
}

function cutFull<Taken extends Shot>(burst: Taken[]): Taken[][] {
  const pieces = Math.ceil(burst.length / MOST_FRAMES);
  return Array.from({ length: pieces }, (_, at) => burst.slice(at * MOST_FRAMES, (at + 1) * MOST_FRAMES));
}

function splitWhere<Value>(values: Value[], together: (before: Value, after: Value) => boolean): Value[][] {
  const parts: Value[][] = [];
  for (const [at, value] of values.entries()) {
    const before = values[at - 1];
    if (before !== undefined && together(before, value)) parts.at(-1)?.push(value);
    else parts.push([value]);
  }
  return parts;
}
