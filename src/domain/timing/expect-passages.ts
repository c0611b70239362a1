import type { PassageKind } from './passage.ts';
import { roleOf } from './read-times-table.ts';

/** Where passages are timed and photos taken. Distances in metres from the start. */
export interface Course {
  checkpoints: { id: string; name: string; distanceMeters: number | null }[];
  spots: {
    id: string;
    distanceMeters: number | null;
    checkpointId: string | null;
    /** After that checkpoint; below 0 before it. */
    offsetMeters: number | null;
  }[];
  races: { id: string; distanceMeters: number | null; startsAtMs: number | null }[];
  startsAtMs: number;
}

/** One runner's passages in one race. */
export interface RunnerPassages {
  raceId: string | null;
  bib: string;
  passages: { checkpointId: string; lap: number; atMs: number; kind: PassageKind; precisionMs: number }[];
}

export interface Expectation {
  placeId: string;
  raceId: string | null;
  bib: string;
  lap: number;
  atMs: number;
  /** One deviation, ms. */
  spreadMs: number;
}

/** Photos at a mat are taken about so long around the passage: a few strides. */
export const MAT_SPREAD_MS = 1000;
/** A person with a watch writes a number down when there is time. */
const MANUAL_SPREAD_MS = 3000;
/** Behind a gun the crowd takes minutes to cross the line. */
const GUN_SPREAD_MS = 60_000;
/** One deviation of how much a runner's pace differs between two parts of a stretch, hills included. */
const PACE_CHANGE = 0.12;
/** One deviation of how much the pace beside a mat differs from that of the stretch: sprints, feed stations. */
const PACE_AT_MAT = 0.3;
/** How exactly a spot is placed on the course. */
const PLACED_METERS = 15;
/** Where no distance tells a pace: 12 km/h. */
const USUAL_MS_PER_METER = 300;
/** Wider, it tells nobody from another. */
const MOST_SPREAD_MS = 900_000;
/** A runner is expected beyond the last passage for so long: later ones may have given up. */
const MOST_AHEAD_MS = 3_600_000;

interface Anchor {
  checkpointId: string | null;
  lap: number;
  /** Within the lap, where there are laps. */
  meters: number | null;
  atMs: number;
  spreadMs: number;
}

interface Stretch {
  from: Anchor;
  to: Anchor;
  fromMeters: number;
  lengthMeters: number;
  /** Where a lap ends, the course begins anew. */
  lapMeters: number | null;
}

/** When a runner is expected at each place, once per lap. At a checkpoint that is the passage. Between two at the distance d
 *  of a stretch of length D run in T, f = d/D: at f T after the first, give or take f (1 - f) T times the change of pace,
 *  which is exact for a runner with one pace before the spot and another after it. Nothing where no passage tells. */
export function expectPassages(course: Course, runner: RunnerPassages): Expectation[] {
  const { anchors, lapMeters } = anchorsOf(course, runner);
  const stretches = stretchesOf(anchors, lapMeters);
  const { raceId, bib } = runner;
  const at = (placeId: string, found: Pick<Expectation, 'lap' | 'atMs' | 'spreadMs'>[]): Expectation[] =>
    found
      .filter(({ spreadMs }) => spreadMs <= MOST_SPREAD_MS)
      .map(({ lap, atMs, spreadMs }) => ({
        ...{ placeId, raceId, bib, lap },
        ...{ atMs: Math.round(atMs), spreadMs: Math.round(spreadMs) },
      }));
  const timed = anchors.filter(({ checkpointId }) => checkpointId !== null);
  return [
    ...timed.flatMap((anchor) => at(anchor.checkpointId ?? '', [anchor])),
    ...course.spots.flatMap(({ id, distanceMeters, checkpointId, offsetMeters }) => {
      if (checkpointId !== null) {
        const mats = timed.filter((anchor) => anchor.checkpointId === checkpointId);
        return at(
          id,
          mats.map((mat) => besideMat(mat, offsetMeters ?? 0, stretches)),
        );
      }
      return distanceMeters === null
        ? []
        : at(id, alongCourse(distanceMeters, stretches, reachOf(course, runner)));
    }),
  ];
}

/** The runner's passages in their order, and the gun where the start was not timed. */
function anchorsOf(course: Course, runner: RunnerPassages): { anchors: Anchor[]; lapMeters: number | null } {
  const race = course.races.find(({ id }) => id === runner.raceId);
  const hasLaps = runner.passages.some(({ lap }) => lap > 1);
  const anchors = runner.passages
    .flatMap((passage): Anchor[] => {
      const place = course.checkpoints.find(({ id }) => id === passage.checkpointId);
      if (!place) return [];
      const role = roleOf(place.name);
      const raceEnd = role === 'finish' && !hasLaps ? (race?.distanceMeters ?? null) : null;
      const meters = raceEnd ?? place.distanceMeters ?? (role === 'start' ? 0 : null);
      const { checkpointId, lap, atMs } = passage;
      return [{ checkpointId, lap, meters, atMs, spreadMs: spreadOf(passage, role === 'start') }];
    })
    .sort((a, b) => a.atMs - b.atMs);
  const first = anchors[0];
  if (first && first.meters !== 0) {
    const gunMs = race?.startsAtMs ?? course.startsAtMs;
    if (gunMs < first.atMs) {
      anchors.unshift({ checkpointId: null, lap: 1, meters: 0, atMs: gunMs, spreadMs: GUN_SPREAD_MS });
    }
  }
  const distances = anchors.flatMap(({ meters }) => meters ?? []);
  return { anchors, lapMeters: hasLaps && distances.length > 0 ? Math.max(...distances) : null };
}

function spreadOf({ kind, precisionMs }: RunnerPassages['passages'][number], isStart: boolean): number {
  if (kind === 'gun' && isStart) return GUN_SPREAD_MS;
  // A time cut to whole seconds is uniform within them.
  return Math.hypot(kind === 'manual' ? MANUAL_SPREAD_MS : MAT_SPREAD_MS, precisionMs / Math.sqrt(12));
}

function stretchesOf(anchors: Anchor[], lapMeters: number | null): Stretch[] {
  const placed = anchors.filter(({ meters }) => meters !== null);
  const stretches: Stretch[] = [];
  let from = placed[0];
  for (const to of placed.slice(1)) {
    if (!from) break;
    const fromMeters = from.meters ?? 0;
    const ahead = (to.meters ?? 0) - fromMeters;
    const lengthMeters = ahead > 0 || lapMeters === null ? ahead : ahead + lapMeters;
    // A passage that goes back on the course is a mistake, of the file or of the distances.
    if (lengthMeters <= 0 || to.atMs <= from.atMs) continue;
    stretches.push({ from, to, fromMeters, lengthMeters, lapMeters });
    from = to;
  }
  return stretches;
}

/** How far the runner's race goes. */
function reachOf(course: Course, runner: RunnerPassages): number {
  const race = course.races.find(({ id }) => id === runner.raceId);
  const furthest = Math.max(0, ...course.checkpoints.map(({ distanceMeters }) => distanceMeters ?? 0));
  return race?.distanceMeters ?? furthest;
}

type Instant = Pick<Expectation, 'lap' | 'atMs' | 'spreadMs'>;

function alongCourse(meters: number, stretches: Stretch[], reachMeters: number): Instant[] {
  const found = stretches.flatMap((stretch): Instant[] => {
    const ahead = meters - stretch.fromMeters;
    const into = ahead >= 0 || stretch.lapMeters === null ? ahead : ahead + stretch.lapMeters;
    return into < 0 || into >= stretch.lengthMeters ? [] : [{ lap: 0, ...within(stretch, into) }];
  });
  const last = stretches.at(-1);
  if (found.length === 0 && last && last.lapMeters === null && meters <= reachMeters) {
    found.push(...beyond(last, meters));
  }
  return found.map((instant, index) => ({ ...instant, lap: index + 1 }));
}

function within({ from, to, lengthMeters }: Stretch, intoMeters: number) {
  const f = intoMeters / lengthMeters;
  const tookMs = to.atMs - from.atMs;
  const spreadMs = Math.hypot(
    (1 - f) * from.spreadMs,
    f * to.spreadMs,
    f * (1 - f) * tookMs * PACE_CHANGE,
    PLACED_METERS * (tookMs / lengthMeters),
  );
  return { atMs: from.atMs + f * tookMs, spreadMs };
}

/** By the pace of the last stretch: for the runners of a race that is under way. */
function beyond({ to, from, lengthMeters, fromMeters }: Stretch, meters: number): Instant[] {
  const pace = (to.atMs - from.atMs) / lengthMeters;
  const aheadMeters = meters - fromMeters - lengthMeters;
  const aheadMs = aheadMeters * pace;
  if (aheadMeters < 0 || aheadMs > MOST_AHEAD_MS) return [];
  const spreadMs = Math.hypot(to.spreadMs, aheadMs * PACE_CHANGE, PLACED_METERS * pace);
  return [{ lap: 1, atMs: to.atMs + aheadMs, spreadMs }];
}

function besideMat(mat: Anchor, offsetMeters: number, stretches: Stretch[]): Instant {
  const before = stretches.find(({ to }) => to === mat);
  const after = stretches.find(({ from }) => from === mat);
  const stretch = offsetMeters < 0 ? (before ?? after) : (after ?? before);
  const pace = stretch ? (stretch.to.atMs - stretch.from.atMs) / stretch.lengthMeters : USUAL_MS_PER_METER;
  const wayMs = offsetMeters * pace;
  return { lap: mat.lap, atMs: mat.atMs + wayMs, spreadMs: Math.hypot(mat.spreadMs, wayMs * PACE_AT_MAT) };
}
