import { type ClockFit, correct } from './fit-clock.ts';
import type { ClockPair } from './solve-clock.ts';

/** By the camera's own clock; null is open. */
export interface SolvedStay {
  placeId: string;
  fromMs: number | null;
  untilMs: number | null;
}

/** Half the square of the z beyond which a read tells nothing of the place: 4 deviations. */
const MOST_COST = 8;
/** A move must explain more than one wrong read, and less than two right ones. */
const MOVE_COST = 12;

/**
 * Where the camera stood when: the cheapest sequence of places (Viterbi) in which a read costs half its squared z at the
 * place and each move costs `MOVE_COST`, so that single reads that fit elsewhere by chance move nobody. Between two stays
 * the border lies half way. None when no read has a place.
 */
export function findStays(reads: ClockPair[], clock: ClockFit): SolvedStay[] {
  const placeIds = [...new Set(reads.flatMap(({ candidates }) => candidates.map(({ placeId }) => placeId)))];
  const path = cheapestPath(
    reads.map((read) => costsOf(read, placeIds, clock)),
    placeIds.length,
  );
  const stays: SolvedStay[] = [];
  for (const [index, read] of reads.entries()) {
    const placeId = placeIds[path[index] ?? -1];
    const last = stays.at(-1);
    if (placeId === undefined || last?.placeId === placeId) continue;
    const before = reads[index - 1];
    const borderMs = before ? Math.round((before.cameraAtMs + read.cameraAtMs) / 2) : null;
    if (last) last.untilMs = borderMs;
    stays.push({ placeId, fromMs: last ? borderMs : null, untilMs: null });
  }
  return stays;
}

function costsOf({ cameraAtMs, candidates }: ClockPair, placeIds: string[], clock: ClockFit): Float64Array {
  const costs = new Float64Array(placeIds.length).fill(MOST_COST);
  const trueMs = correct(clock, cameraAtMs);
  for (const { placeId, atMs, spreadMs } of candidates) {
    const place = placeIds.indexOf(placeId);
    const z = (trueMs - atMs) / spreadMs;
    costs[place] = Math.min(costs[place] ?? MOST_COST, 0.5 * z * z);
  }
  return costs;
}

function cheapestPath(costs: Float64Array[], placeCount: number): number[] {
  let total = new Float64Array(placeCount);
  const cameFrom: Int32Array[] = [];
  for (const cost of costs) {
    const best = indexOfLeast(total);
    const next = new Float64Array(placeCount);
    const from = new Int32Array(placeCount);
    for (let place = 0; place < placeCount; place += 1) {
      const stay = total[place] ?? 0;
      const move = (total[best] ?? 0) + MOVE_COST;
      from[place] = stay <= move ? place : best;
      next[place] = Math.min(stay, move) + (cost[place] ?? MOST_COST);
    }
    cameFrom.push(from);
    total = next;
  }
  const path: number[] = [];
  let place = indexOfLeast(total);
  for (const from of cameFrom.toReversed()) {
    path.push(place);
    place = from[place] ?? place;
  }
  return path.reverse();
}

function indexOfLeast(values: Float64Array): number {
  let least = 0;
  for (const [index, value] of values.entries()) if (value < (values[least] ?? value)) least = index;
  return least;
}
