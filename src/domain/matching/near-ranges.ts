import type { KnownClock } from '#domain/clocks/camera-clock.ts';
import type { CameraStay } from '#domain/clocks/tables.ts';
import { reachMs } from './burst.ts';

/** A stretch of time at a place, true time. */
export interface Stretch {
  placeId: string;
  from: Date;
  until: Date;
}

export interface PlacedClock extends KnownClock {
  cameraKey: string;
  spreadMs: number | null;
  stays: CameraStay[];
}

/** By a camera's own clock, both ends included. */
interface Range {
  cameraKey: string;
  fromMs: number;
  untilMs: number;
}

/** What cameras said while they stood where and when something changed, with how far around runners may be photographed: by
 *  camera in order, each instant once. `spreads` are the largest deviations expected at the places, ms. */
export function nearRanges(
  clocks: readonly PlacedClock[],
  spreads: ReadonlyMap<string, number>,
  changed: readonly Stretch[],
): Range[] {
  const byPlace = Map.groupBy(changed, ({ placeId }) => placeId);
  return clocks.flatMap((clock) => {
    const ranges = clock.stays.flatMap((stay) =>
      (byPlace.get(stay.placeId) ?? []).map((stretch) =>
        within(stay, clock, stretch, reachMs(spreads.get(stay.placeId) ?? 0, clock.spreadMs ?? 0)),
      ),
    );
    return merge(ranges.filter(({ fromMs, untilMs }) => fromMs <= untilMs));
  });
}

function within(stay: CameraStay, clock: PlacedClock, { from, until }: Stretch, reach: number): Range {
  const fromMs = said(clock, from.getTime() - reach);
  const untilMs = said(clock, until.getTime() + reach);
  return {
    cameraKey: clock.cameraKey,
    fromMs: stay.from === null ? fromMs : Math.max(fromMs, Date.parse(stay.from)),
    untilMs: stay.until === null ? untilMs : Math.min(untilMs, Date.parse(stay.until)),
  };
}

/** What the camera said at a true time: the other way round than `trueTime`. */
function said({ offsetMs, driftPpm, driftFrom }: KnownClock, trueMs: number): number {
  const flatMs = trueMs - (offsetMs ?? 0);
  if (driftFrom === null) return flatMs;
  return driftFrom.getTime() + (flatMs - driftFrom.getTime()) / (1 + driftPpm / 1e6);
}

function merge(ranges: Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of ranges.sort((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last && range.fromMs <= last.untilMs) last.untilMs = Math.max(last.untilMs, range.untilMs);
    else merged.push({ ...range });
  }
  return merged;
}
