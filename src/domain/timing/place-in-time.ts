import { instantOfLocalTime, instantsOfLocalTime, localTimeOf } from '#domain/events/local-time.ts';
import type { RawRunner, RawTime, RawTiming, ReadPassage } from './passage.ts';
import type { RowIssue } from './start-list.ts';

const DAY_MS = 86_400_000;
/** Waves start before the race's own gun; a chip is read a little early. */
const EARLY_MS = 3_600_000;
/** A duration nearer than this to one of two turns of the same hour tells which it was. */
const CLEAR_MS = 1_500_000;
/** No race lasts longer. */
const MOST_DAYS = 10;

export interface RaceClock {
  timeZone: string;
  /** The gun of a race by its name in the file; null names the event's own start. */
  gunOf(race: string | null): Date;
}

/**
 * Makes instants of the times of a file. A time of day takes the first day on which it follows the runner's passage
 * before; a time that the clocks skipped, or showed twice without the order telling which, is refused with a remark.
 */
export function placeInTime(
  raw: RawTiming,
  clock: RaceClock,
): { passages: ReadPassage[]; issues: RowIssue[] } {
  const issues: RowIssue[] = [];
  const passages = raw.runners.flatMap((runner) => placeRunner(runner, raw, clock, issues));
  return { passages, issues };
}

function placeRunner(runner: RawRunner, raw: RawTiming, clock: RaceClock, issues: RowIssue[]): ReadPassage[] {
  const gun = gunOfRunner(runner, raw, clock);
  const laps = new Map<number, number>();
  const placed: ReadPassage[] = [];
  let previous: Date | null = null;
  for (const { point, time } of runner.times) {
    const at = instantOf(time, { gun, previous, timeZone: clock.timeZone });
    if (typeof at === 'string') {
      issues.push({ severity: 'error', line: runner.line, column: raw.points[point]?.name ?? null, key: at });
      continue;
    }
    const lap = (laps.get(point) ?? 0) + 1;
    laps.set(point, lap);
    const { kind, precisionMs } = time;
    placed.push({ line: runner.line, bib: runner.bib, race: runner.race, point, lap, at, kind, precisionMs });
    previous = at;
  }
  return placed;
}

function gunOfRunner(runner: RawRunner, raw: RawTiming, clock: RaceClock): Date {
  const told = runner.race === null ? undefined : raw.guns.get(runner.race);
  const gun = told === undefined ? null : instantOfLocalTime(told, clock.timeZone);
  return gun ?? clock.gunOf(runner.race);
}

interface Place {
  gun: Date;
  previous: Date | null;
  timeZone: string;
}

type Refusal = 'timeSkipped' | 'timeTwice' | 'timeUnreadable' | 'timeOutOfOrder';

function instantOf(time: RawTime, place: Place): Date | Refusal {
  if (time.by === 'instant') return time.at;
  if (time.by === 'duration') return new Date(place.gun.getTime() + time.ms);
  if (time.by === 'local') return choose(instantsOfLocalTime(time.local, place.timeZone), place);
  const expected = time.expectedMs === undefined ? null : place.gun.getTime() + time.expectedMs;
  return expected === null ? firstAfter(time.ms, place) : nearest(time.ms, expected, place);
}

/** On the first day that is not before what came before. */
function firstAfter(ms: number, place: Place): Date | Refusal {
  const least = place.previous?.getTime() ?? place.gun.getTime() - EARLY_MS;
  const firstDay = localTimeOf(new Date(least), place.timeZone).slice(0, 10);
  for (let day = 0; day <= MOST_DAYS; day += 1) {
    const found = choose(instantsOfLocalTime(localOn(firstDay, day, ms), place.timeZone), place);
    if (typeof found === 'string' && found !== 'timeOutOfOrder') return found;
    if (typeof found !== 'string' && found.getTime() >= least) return found;
  }
  return 'timeOutOfOrder';
}

/** On the day, and of a repeated hour in the turn, that agrees best with the duration beside it. */
function nearest(ms: number, expected: number, place: Place): Date | Refusal {
  const middle = localTimeOf(new Date(expected), place.timeZone).slice(0, 10);
  const candidates = [-1, 0, 1].flatMap(
    (day) => instantsOfLocalTime(localOn(middle, day, ms), place.timeZone) ?? [],
  );
  const distance = (at: Date) => Math.abs(at.getTime() - expected);
  const [best] = candidates.sort((a, b) => distance(a) - distance(b));
  if (!best) return 'timeSkipped';
  // Half a day off, the duration beside it speaks of something else.
  if (distance(best) >= DAY_MS / 2) return firstAfter(ms, place);
  const shownTwice = candidates.some(
    (at) => at !== best && Math.abs(at.getTime() - best.getTime()) < DAY_MS / 2,
  );
  return shownTwice && distance(best) > CLEAR_MS ? choose(candidates.slice(0, 2), place) : best;
}

function choose(instants: Date[] | null, { gun, previous }: Place): Date | Refusal {
  if (instants === null) return 'timeUnreadable';
  if (instants.length === 0) return 'timeSkipped';
  const least = previous?.getTime() ?? gun.getTime() - EARLY_MS;
  const possible = instants.filter((at) => at.getTime() >= least);
  if (possible.length > 1) return 'timeTwice';
  return possible[0] ?? 'timeOutOfOrder';
}

function localOn(day: string, after: number, ms: number): string {
  const base = new Date(`${day}T00:00:00Z`).getTime() + after * DAY_MS + ms;
  return new Date(base).toISOString().slice(0, -1);
}
