import { describe, expect, it } from 'vitest';
import { type Course, expectPassages, type RunnerPassages } from './expect-passages.ts';

const GUN = Date.UTC(2026, 4, 17, 8, 0, 0);
const MINUTE = 60_000;

const COURSE: Course = {
  checkpoints: [
    { id: 'start', name: 'Départ', distanceMeters: 0 },
    { id: 'ten', name: '10 km', distanceMeters: 10_000 },
    { id: 'finish', name: 'Arrivée', distanceMeters: null },
  ],
  spots: [],
  races: [
    { id: 'half', distanceMeters: 20_000, startsAtMs: GUN },
    { id: 'short', distanceMeters: 10_500, startsAtMs: GUN },
  ],
  startsAtMs: GUN,
};

function spot(id: string, place: Partial<Course['spots'][number]>): Course['spots'][number] {
  return { id, distanceMeters: null, checkpointId: null, offsetMeters: null, ...place };
}

function runner(raceId: string | null, minutes: [string, number, number?][]): RunnerPassages {
  const passages = minutes.map(([checkpointId, at, lap = 1]) => ({
    ...{ checkpointId, lap, atMs: GUN + at * MINUTE },
    ...{ kind: 'chip' as const, precisionMs: 1 },
  }));
  return { raceId, bib: '12', passages };
}

function at(course: Course, who: RunnerPassages, placeId: string) {
  return expectPassages(course, who)
    .filter((one) => one.placeId === placeId)
    .map(({ lap, atMs, spreadMs }) => ({ lap, minutes: (atMs - GUN) / MINUTE, spreadMs }));
}

describe('expectPassages', () => {
  const steady = runner('half', [
    ['start', 1],
    ['ten', 51],
    ['finish', 101],
  ]);

  it('expects a runner at a checkpoint when the mat saw them', () => {
    expect(at(COURSE, steady, 'ten')).toEqual([{ lap: 1, minutes: 51, spreadMs: 1000 }]);
  });

  it('expects them between two checkpoints by their own pace, less surely the further from both', () => {
    const course = {
      ...COURSE,
      spots: [2_000, 5_000, 15_000].map((m) => spot(`${m}`, { distanceMeters: m })),
    };
    const [early] = at(course, steady, '2000');
    const [middle] = at(course, steady, '5000');
    expect([early?.minutes, middle?.minutes, at(course, steady, '15000')[0]?.minutes]).toEqual([11, 26, 76]);
    // 50 minutes, a quarter, 12 %: 90 s.
    expect(middle?.spreadMs).toBeGreaterThan(88_000);
    expect(middle?.spreadMs).toBeLessThan(93_000);
    expect(early?.spreadMs).toBeLessThan(middle?.spreadMs ?? 0);
  });

  it('ends each race at its own distance, and expects nobody on a course they do not run', () => {
    const course = { ...COURSE, spots: [spot('far', { distanceMeters: 15_000 })] };
    const short = runner('short', [
      ['start', 0],
      ['ten', 50],
      ['finish', 53],
    ]);
    expect(at(course, short, 'far')).toEqual([]);
    expect(at(course, runner('half', []), 'far')).toEqual([]);
  });

  it('places a spot before a checkpoint for every race that ends there', () => {
    const course = {
      ...COURSE,
      spots: [spot('before', { checkpointId: 'finish', offsetMeters: -200 })],
    };
    const short = runner('short', [
      ['start', 0],
      ['finish', 52.5],
    ]);
    expect(at(course, steady, 'before')[0]?.minutes).toBe(100);
    expect(at(course, short, 'before')[0]?.minutes).toBe(51.5);
    expect(at(course, short, 'before')[0]?.spreadMs).toBeLessThan(20_000);
  });

  it('counts from the gun, less surely, when the start was not timed', () => {
    const course = { ...COURSE, spots: [spot('near', { distanceMeters: 1_000 })] };
    const [near] = at(course, runner('half', [['ten', 50]]), 'near');
    expect(near?.minutes).toBe(5);
    expect(near?.spreadMs).toBeGreaterThan(55_000);
  });

  it('expects a runner ahead of the last passage while the race may still be under way', () => {
    const course = {
      ...COURSE,
      spots: [spot('next', { distanceMeters: 12_000 }), spot('far', { distanceMeters: 19_000 })],
    };
    const slow = runner('half', [
      ['start', 0],
      ['ten', 80],
    ]);
    expect(at(course, slow, 'next')[0]?.minutes).toBe(96);
    expect(at(course, slow, 'far')).toEqual([]);
  });

  it('expects a runner once per lap', () => {
    const loop: Course = {
      ...COURSE,
      checkpoints: [{ id: 'line', name: 'Arrivée', distanceMeters: 5_000 }],
      spots: [spot('wood', { distanceMeters: 2_500 })],
    };
    const laps = runner('half', [
      ['line', 25, 1],
      ['line', 51, 2],
      ['line', 79, 3],
    ]);
    expect(at(loop, laps, 'wood').map(({ lap, minutes }) => [lap, minutes])).toEqual([
      [1, 12.5],
      [2, 38],
      [3, 65],
    ]);
    expect(at(loop, laps, 'line').map(({ lap }) => lap)).toEqual([1, 2, 3]);
  });

  it('does not follow a passage that goes back on the course', () => {
    const course = { ...COURSE, spots: [spot('five', { distanceMeters: 5_000 })] };
    const odd = runner('half', [
      ['start', 0],
      ['ten', 40],
      ['start', 60],
    ]);
    expect(at(course, odd, 'five').map(({ minutes }) => minutes)).toEqual([20]);
  });
});
