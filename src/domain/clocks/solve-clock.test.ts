import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correct } from './fit-clock.ts';
import { type ClockPair, solveClock } from './solve-clock.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 4, 17, 7, 0, 0);

interface Scene {
  seed: number;
  reads?: number;
  /** Share of reads that speak of another runner. */
  wrong?: number;
  offsetMs?: number;
  driftPpm?: number;
  /** What the camera is at, in order, each for the same share of the reads. */
  places?: number[];
  /** One deviation of expectations at a place, ms. */
  spreadsMs?: number[];
  hours?: number;
}

interface Drawn {
  pairs: ClockPair[];
  /** The true instant of a camera's instant. */
  truth: (cameraAtMs: number) => number;
}

const PLACES_KM = [2, 5, 9, 14, 20];

/** Photos of runners whose pace differs, at places of one course, with everybody expected at all of them. */
function draw(scene: Scene): Drawn {
  const { reads = 20, wrong = 0.2, offsetMs = 0, driftPpm = 0, places = [2], hours = 1.5 } = scene;
  const random = randomOf(scene.seed);
  const middle = START + (hours * HOUR) / 2;
  const cameraOf = (trueMs: number) => trueMs - offsetMs - (driftPpm / 1e6) * (trueMs - middle);
  const spreadAt = (place: number) => scene.spreadsMs?.[place] ?? 700;
  const runner = (bib: string, place: number, passedMs: number) => {
    const perKm = (4 + 4 * random()) * 60_000;
    const candidates = PLACES_KM.map((km, index) => {
      const atMs =
        passedMs + (km - (PLACES_KM[place] ?? 0)) * perKm + (index === place ? 0 : 20_000 * normal(random));
      return { placeId: `place-${index}`, atMs: Math.round(atMs), spreadMs: spreadAt(index) };
    });
    return { bib, candidates };
  };
  const drawn = Array.from({ length: reads }, (_, index) => {
    const place = places[Math.floor((index * places.length) / reads)] ?? 0;
    const passedMs = START + ((index + random()) / reads) * hours * HOUR;
    const seenMs = passedMs + spreadAt(place) * normal(random);
    return { ...runner(String(100 + index), place, passedMs), seenMs };
  });
  const misread = Math.round(reads * wrong);
  const pairs = drawn.map(({ bib, candidates, seenMs }, index): ClockPair => {
    // Evenly spread wrong ones: each takes the candidates of somebody else.
    const isWrong = Math.floor(((index + 1) * misread) / reads) > Math.floor((index * misread) / reads);
    const other = drawn[Math.floor(random() * drawn.length)];
    const read = isWrong && other ? other : { bib, candidates };
    return {
      photoId: `photo-${index}`,
      bib: read.bib,
      cameraAtMs: Math.round(cameraOf(seenMs)),
      candidates: read.candidates,
    };
  });
  return { pairs, truth: (at) => at + offsetMs + (driftPpm / 1e6) * (at + offsetMs - middle) };
}

describe('solveClock', () => {
  it('is right to half a second from 20 sure reads of which 4 are wrong, whatever the clock says', () => {
    const offsets = fc.oneof(
      fc.integer({ min: -300_000, max: 300_000 }),
      fc
        .tuple(fc.integer({ min: -12, max: 12 }), fc.integer({ min: -90_000, max: 90_000 }))
        .map(([h, ms]) => h * HOUR + ms),
      fc.integer({ min: -5 * 24 * HOUR, max: 5 * 24 * HOUR }),
    );
    expect(shareRight(200, offsets, { spreadsMs: everywhere(600) })).toBeGreaterThanOrEqual(0.99);
  });

  it('stays so over a long day with a drift of 50 ppm and moves between places', () => {
    const scene = { reads: 60, hours: 8, driftPpm: 50, places: [0, 3, 1], spreadsMs: everywhere(600) };
    expect(shareRight(40, fc.integer({ min: -7 * HOUR, max: 7 * HOUR }), scene)).toBe(1);
    const { pairs } = draw({ seed: 5, ...scene, reads: 150 });
    const answer = solveClock(pairs);
    expect(answer.outcome === 'solved' && answer.driftPpm).toBeCloseTo(50, -1);
  });

  it('tells in words of probability how far it may be trusted', () => {
    for (const scene of [
      { reads: 9, spreadsMs: everywhere(900) },
      { reads: 24, spreadsMs: everywhere(4000), wrong: 0.4 },
      { reads: 12, places: [0, 2, 4] },
    ]) {
      const answers = Array.from({ length: 150 }, (_, seed) =>
        confidenceOf(draw({ seed: seed + 1, ...scene })),
      );
      const solved = answers.filter((answer) => answer !== null);
      const right = solved.filter(({ isRight }) => isRight).length / solved.length;
      const promised = solved.reduce((sum, { confidence }) => sum + confidence, 0) / solved.length;
      expect(Math.abs(promised - right)).toBeLessThan(0.1);
    }
  });

  it('finds where the camera stood when, and does not follow a single read', () => {
    const answer = solveClock(draw({ seed: 3, reads: 60, places: [0, 2, 4], offsetMs: 3 * HOUR }).pairs);
    if (answer.outcome !== 'solved') throw new Error(answer.outcome);
    expect(answer.stays.map(({ placeId }) => placeId)).toEqual(['place-0', 'place-2', 'place-4']);
    expect(answer.stays[0]?.fromMs).toBeNull();
    expect(answer.stays[1]?.fromMs).toBe(answer.stays[0]?.untilMs);
    expect(answer.stays.at(-1)?.untilMs).toBeNull();
  });

  it('does not take a burst of one runner for agreement', () => {
    const { pairs } = draw({ seed: 1, reads: 3, wrong: 0 });
    const bursts = pairs.flatMap((pair) =>
      Array.from({ length: 10 }, (_, n) => ({
        ...pair,
        photoId: `${pair.photoId}-${n}`,
        cameraAtMs: pair.cameraAtMs + n * 200,
      })),
    );
    expect(solveClock(bursts)).toEqual({ outcome: 'too-few' });
  });

  it('says that nothing agrees rather than guess, and that nothing is there', () => {
    const guesses = Array.from({ length: 100 }, (_, seed) =>
      solveClock(draw({ seed, reads: 25, wrong: 1 }).pairs),
    );
    expect(guesses.filter(({ outcome }) => outcome === 'solved')).toEqual([]);
    expect(solveClock([])).toEqual({ outcome: 'too-few' });
  });

  it('is not misled by a start that everybody passes at one instant', () => {
    const { pairs, truth } = draw({ seed: 11, reads: 40, offsetMs: -2 * HOUR });
    const gun = { placeId: 'start', atMs: START - HOUR, spreadMs: 1000 };
    const started = pairs.map((pair) => ({ ...pair, candidates: [gun, ...pair.candidates] }));
    expect(errorMs(started, truth)).toBeLessThan(500);
  });

  it('takes out that a crowd is read nearer to the camera than runners who come alone', () => {
    const { pairs, truth } = draw({
      seed: 13,
      reads: 300,
      wrong: 0.1,
      offsetMs: 40_000,
      spreadsMs: everywhere(300),
    });
    const random = randomOf(14);
    const crowded = pairs.map((pair, index) => {
      const alone = index % 15 === 0;
      const lateMs = (alone ? 0 : 900) + 500 * normal(random);
      // A runner of 3 m/s who is seen 12 m away where lone ones are.
      const size = 1 / (12 - (3 * lateMs) / 1000);
      return { ...pair, cameraAtMs: pair.cameraAtMs + lateMs, size, alone };
    });
    expect(errorMs(crowded, truth)).toBeLessThan(250);
    expect(
      errorMs(
        crowded.map(({ size: _, ...pair }) => pair),
        truth,
      ),
    ).toBeGreaterThan(500);
  });

  it('counts laps of one place apart', () => {
    const { pairs, truth } = draw({ seed: 12, reads: 40, offsetMs: 95_000 });
    const laps = pairs.map((pair) => ({
      ...pair,
      candidates: pair.candidates.map((one) => ({ ...one, placeId: 'loop' })),
    }));
    expect(errorMs(laps, truth)).toBeLessThan(500);
  });
});

function everywhere(spreadMs: number): number[] {
  return PLACES_KM.map(() => spreadMs);
}

function shareRight(
  runs: number,
  offsets: fc.Arbitrary<number>,
  scene: Omit<Scene, 'seed' | 'offsetMs'>,
): number {
  let right = 0;
  const property = fc.property(fc.integer({ min: 1, max: 1e9 }), offsets, (seed, offsetMs) => {
    const { pairs, truth } = draw({ ...scene, seed, offsetMs });
    if (errorMs(pairs, truth) <= 500) right += 1;
  });
  fc.assert(property, { numRuns: runs, seed: 7 });
  return right / runs;
}

function confidenceOf({ pairs, truth }: Drawn): { confidence: number; isRight: boolean } | null {
  const answer = solveClock(pairs);
  if (answer.outcome !== 'solved') return null;
  return { confidence: answer.confidence, isRight: errorMs(pairs, truth) <= 500 };
}

/** Mean over the instants at which photos were taken. */
function errorMs(pairs: ClockPair[], truth: (at: number) => number): number {
  const answer = solveClock(pairs);
  if (answer.outcome !== 'solved') return Number.POSITIVE_INFINITY;
  const errors = pairs.map(({ cameraAtMs }) => Math.abs(correct(answer, cameraAtMs) - truth(cameraAtMs)));
  return errors.reduce((a, b) => a + b, 0) / errors.length;
}

/** Mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
