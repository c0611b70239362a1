import { correct } from '#domain/clocks/fit-clock.ts';
import { type ClockPair, solveClock } from '#domain/clocks/solve-clock.ts';
import { MAT_SPREAD_MS } from '#domain/timing/expect-passages.ts';
import type { Burst, Candidate, Frame, FrameRead } from '#domain/weighing/scene.ts';
import type { BoxNorm, Clothing } from '#vision/findings.ts';
import { cameraTime, kmOfSpot, SPOTS } from './draw-cameras.ts';
import { type ExpectedAt, expectAt } from './draw-timing.ts';
import type { SimulatedEvent, SimulatedFrame, SimulatedSeries } from './simulate-event.ts';

/** What is taken from the event before it is weighed. */
export type Ablation = 'full' | 'no-timing' | 'no-bursts' | 'no-start-list';

export interface SolvedCamera {
  series: SimulatedSeries;
  sureReads: number;
  /** Of the solved clock at the middle of the camera's photos, ms; null when it was not solved. */
  errorMs: number | null;
  spreadMs: number | null;
  trueTime: (cameraAtMs: number) => number | null;
}

export interface ReadyEvent {
  event: SimulatedEvent;
  cameras: SolvedCamera[];
  /** By spot: who is expected when, in order. */
  expected: ({ bib: string } & ExpectedAt)[][];
  sightings: Map<string, { clothing: Clothing; camera: string; cameraAtMs: number }[]>;
}

const sureConfidence = 0.95;
const mostSightings = 6;
const apartMs = 30_000;
const windowDeviations = 3;
const aroundMs = 4_000;
const depthMs = 1_200;
/** More bibs than this that fit a piece of a number are not looked up. */
const mostFitting = 60;

/** Does with a simulated event what the platform does with a real one: expects runners, solves clocks, remembers clothes. */
export function readyEvent(event: SimulatedEvent): ReadyEvent {
  const passages = Map.groupBy(event.passages, ({ bib }) => bib);
  const listed = new Set(event.field.startList);
  const expected = SPOTS.map((_, spot) =>
    [...passages]
      .flatMap(([bib, own]) => {
        const at = expectAt(own, kmOfSpot(spot, own[0]?.race ?? 0));
        return at && listed.has(bib) ? [{ bib, ...at }] : [];
      })
      .sort((a, b) => a.atMs - b.atMs),
  );
  const placed = Map.groupBy(
    expected.flatMap((list, spot) =>
      list.map(({ bib, atMs, spreadMs }) => ({
        ...{ bib, placeId: String(spot), atMs },
        // As the platform expects passages: photos are taken around them.
        spreadMs: Math.hypot(MAT_SPREAD_MS, spreadMs),
      })),
    ),
    ({ bib }) => bib,
  );
  return {
    event,
    expected,
    cameras: event.series.map((series) => solveCamera(series, placed)),
    sightings: rememberClothes(event),
  };
}

function solveCamera(
  series: SimulatedSeries,
  placed: Map<string, ({ bib: string; placeId: string } & ExpectedAt)[]>,
): SolvedCamera {
  const frames = series.bursts.flat().map(({ frame }) => frame);
  const pairs = frames.flatMap(({ photoId, cameraAtMs, reads, persons }): ClockPair[] =>
    reads.filter(isSure).map(({ bib, box }) => ({
      ...{ photoId, bib, cameraAtMs: cameraAtMs ?? 0, candidates: placed.get(bib) ?? [] },
      ...{ size: box.h, alone: persons.length <= 1 },
    })),
  );
  const solved = solveClock(pairs);
  if (solved.outcome !== 'solved')
    return { series, sureReads: pairs.length, errorMs: null, spreadMs: null, trueTime: () => null };
  const times = series.bursts.flat().map(({ trueMs }) => trueMs);
  const middleMs = ((times[0] ?? 0) + (times.at(-1) ?? 0)) / 2;
  const errorMs = correct(solved, cameraTime(series.camera, middleMs)) - middleMs;
  // The residuals hold what passages and depth add; the clock itself is surer.
  const spreadMs = Math.max(100, solved.spreadMs / Math.sqrt(Math.max(1, solved.residuals.length)));
  return { series, sureReads: pairs.length, errorMs, spreadMs, trueTime: (at) => correct(solved, at) };
}

function isSure({ kind, confidence }: FrameRead): boolean {
  return kind === 'sure' && confidence >= sureConfidence;
}

/** What runners wore where their bib was sure: from reads, not from the truth. */
function rememberClothes({ series }: SimulatedEvent): ReadyEvent['sightings'] {
  const sightings: ReadyEvent['sightings'] = new Map();
  for (const { camera, bursts } of series) {
    for (const { frame } of bursts.flat()) {
      for (const { bib, box } of frame.reads.filter(isSure)) {
        const clothing = frame.persons.find((person) => holds(person.box, box))?.clothing;
        if (!clothing) continue;
        const known = sightings.get(bib) ?? [];
        known.push({ clothing, camera: camera.key, cameraAtMs: frame.cameraAtMs ?? 0 });
        sightings.set(bib, known);
      }
    }
  }
  return sightings;
}

function holds(body: BoxNorm, digits: BoxNorm): boolean {
  const [x, y] = [digits.x + digits.w / 2, digits.y + digits.h / 2];
  const across = (x - body.x) / body.w;
  return across > 0.25 && across < 0.75 && y > body.y && y < body.y + body.h;
}

/** One burst as `weighBurst` takes it; without bursts, each frame is one. */
export function burstsOf(
  ready: ReadyEvent,
  camera: SolvedCamera,
  { shots, ablation }: { shots: readonly SimulatedFrame[]; ablation: Ablation },
): Burst[] {
  const frames = shots.map(
    ({ frame }): Frame => ({ ...frame, atMs: camera.trueTime(frame.cameraAtMs ?? 0) }),
  );
  const groups = ablation === 'no-bursts' ? frames.map((frame) => [frame]) : [frames];
  return groups.map((group) => {
    const timed = ablation !== 'no-timing' && camera.spreadMs !== null;
    const known = ablation === 'no-start-list' ? null : ready.event.field.startList;
    return {
      frames: known ? group : group.map(withoutList),
      candidates: candidatesOf(ready, camera, { frames: group, timed, known }),
      timed,
      clockSpreadMs: timed ? camera.spreadMs : null,
      startListSize: known?.length ?? null,
    };
  });
}

/** Without a list the engine is a little less sure, and knows of no other bibs. */
function withoutList(frame: Frame): Frame {
  return {
    ...frame,
    reads: frame.reads.map(({ alternatives: _, ...read }) => ({
      ...read,
      confidence: read.kind === 'sure' ? 1 - Math.min(0.15, (1 - read.confidence) * 4) : read.confidence,
    })),
  };
}

function candidatesOf(
  ready: ReadyEvent,
  { series }: SolvedCamera,
  { frames, timed, known }: { frames: Frame[]; timed: boolean; known: string[] | null },
): Candidate[] {
  const all = ready.expected[series.camera.spot] ?? [];
  const around = timed ? window(all, frames) : [];
  const bibs = new Map<string, Candidate['expected']>(around.map(({ bib, ...at }) => [bib, at]));
  const at = timed ? expectedOf(all) : new Map<string, ExpectedAt>();
  for (const bib of meantBy(frames, known)) if (!bibs.has(bib)) bibs.set(bib, at.get(bib) ?? null);
  const first = frames[0]?.cameraAtMs ?? 0;
  return [...bibs].map(([bib, expected]) => ({
    bib,
    expected,
    seenIn: (ready.sightings.get(bib) ?? [])
      .filter(
        ({ camera, cameraAtMs }) => camera !== series.camera.key || Math.abs(cameraAtMs - first) > apartMs,
      )
      .slice(0, mostSightings)
      .map(({ clothing }) => clothing),
  }));
}

const lookups = new WeakMap<object, Map<string, ExpectedAt>>();

function expectedOf(all: ReadyEvent['expected'][number]): Map<string, ExpectedAt> {
  const known = lookups.get(all) ?? new Map(all.map(({ bib, ...at }) => [bib, at]));
  lookups.set(all, known);
  return known;
}

const widest = new WeakMap<object, number>();

function window(all: ReadyEvent['expected'][number], frames: readonly Frame[]): typeof all {
  const spread = widest.get(all) ?? all.reduce((most, { spreadMs }) => Math.max(most, spreadMs), 0);
  widest.set(all, spread);
  const from = frames[0]?.atMs ?? 0;
  const until = frames.at(-1)?.atMs ?? 0;
  const reach = windowDeviations * (spread + depthMs) + aroundMs;
  return all
    .slice(firstAfter(all, from - reach), firstAfter(all, until + reach))
    .filter(({ atMs, spreadMs }) => {
      const own = windowDeviations * Math.hypot(spreadMs, depthMs) + aroundMs;
      return atMs > from - own && atMs < until + own;
    });
}

function firstAfter(all: readonly ExpectedAt[], atMs: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.atMs ?? 0) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Bibs that a read of the burst may mean: as it stands, or by its visible digits where few have them. */
function meantBy(frames: readonly Frame[], known: string[] | null): Set<string> {
  const meant = new Set<string>();
  for (const read of frames.flatMap(({ reads }) => reads)) {
    if (read.partial) {
      const side = read.partial;
      const fits = (known ?? []).filter((bib) =>
        side === 'first' ? bib.startsWith(read.bib) : bib.endsWith(read.bib),
      );
      if (fits.length <= mostFitting)
        for (const bib of fits) if (bib.length > read.bib.length) meant.add(bib);
    } else if (read.kind !== 'dropped' && (!known || isKnown(known, read.bib))) meant.add(read.bib);
  }
  return meant;
}

const sets = new WeakMap<object, Set<string>>();

function isKnown(known: string[], bib: string): boolean {
  const set = sets.get(known) ?? new Set(known);
  sets.set(known, set);
  return set.has(bib);
}
