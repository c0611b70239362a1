import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Burst, Candidate, Frame, FramePerson, FrameRead, Weighed } from './scene.ts';
import { weighBurst } from './weigh-burst.ts';

const noon = Date.UTC(2026, 5, 14, 12);

function person(x: number, h = 0.5): FramePerson {
  return { box: { x, y: 0.2, w: 0.12, h }, confidence: 0.97 };
}

/** On the chest of the person who stands at the same `x`. */
function read(bib: string, confidence: number, x: number): FrameRead {
  const kind = confidence >= 0.85 ? 'sure' : 'guess';
  return { bib, confidence, kind, text: bib, box: { x: x + 0.04, y: 0.38, w: 0.04, h: 0.03 } };
}

function frame(at: number, parts: Partial<Frame>): Frame {
  const instant = { cameraAtMs: noon + at - 5000, atMs: noon + at };
  return { photoId: `photo-${at}`, ...instant, reads: [], persons: [], decisions: [], ...parts };
}

function runner(bib: string, seconds: number | null): Candidate {
  const expected = seconds === null ? null : { atMs: noon + seconds * 1000, spreadMs: 200 };
  return { bib, expected, seenIn: [] };
}

function burst(frames: Frame[], candidates: Candidate[], parts: Partial<Burst> = {}): Burst {
  return { frames, candidates, timed: true, clockSpreadMs: 100, startListSize: 500, ...parts };
}

const untimed = { timed: false, clockSpreadMs: null };

function on(weighed: Weighed[], photoId: string, bib: string): number {
  return weighed.find((one) => one.photoId === photoId && one.bib === bib)?.probability ?? 0;
}

function told(weighed: Weighed[], photoId: string, bib: string) {
  const found = weighed.find((one) => one.photoId === photoId && one.bib === bib);
  return Object.fromEntries((found?.evidence ?? []).map(({ kind, values }) => [kind, values]));
}

describe('weighing a photo alone', () => {
  it('publishes a whole sure read of a listed bib, with or without a body, timing or list', () => {
    for (const persons of [[], [person(0.4)]]) {
      const alone = frame(0, { persons, reads: [read('729', 0.85, 0.4)] });
      for (const startListSize of [500, 20_000, null])
        expect(
          on(
            weighBurst(burst([alone], [runner('729', null)], { ...untimed, startListSize })),
            'photo-0',
            '729',
          ),
        ).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('keeps a guess, and a number that is on no list, for review', () => {
    const reads = [read('729', 0.4, 0.2), { ...read('7777', 0.45, 0.7), text: '7777' }];
    const weighed = weighBurst(
      burst([frame(0, { persons: [person(0.2), person(0.7)], reads })], [runner('729', null)], untimed),
    );
    expect(on(weighed, 'photo-0', '729')).toBeLessThan(0.95);
    expect(on(weighed, 'photo-0', '7777')).toBeLessThan(0.95);
  });

  it('completes half a number by who passed then, and says so', () => {
    const half: FrameRead = { ...read('7', 0.3, 0.4), kind: 'dropped', reason: 'not-a-number', text: '7/9' };
    const candidates = [runner('729', 0.3), runner('719', 90), runner('333', 40)];
    const weighed = weighBurst(burst([frame(0, { persons: [person(0.4)], reads: [half] })], candidates));
    expect(on(weighed, 'photo-0', '729')).toBeGreaterThan(0.95);
    const { timing, 'partial-bib': partial } = told(weighed, 'photo-0', '729');
    expect(partial).toEqual({ seen: '7?9', side: 'within', fitting: 2 });
    expect(timing).toMatchObject({ passage: 1, runnersInWindow: 1, fittingInWindow: 1 });
  });

  it('says where a doubt comes from, though its runner is rather somebody else there too', () => {
    const frames = [
      frame(0, { persons: [person(0.4)] }),
      frame(200, { persons: [person(0.41)], reads: [read('271', 0.99, 0.41)] }),
    ];
    const weighed = weighBurst(burst(frames, [runner('271', 36), runner('555', 0.5), runner('333', 1)]));
    expect(on(weighed, 'photo-200', '271')).toBeLessThan(0.5);
    expect(told(weighed, 'photo-0', '271').neighbour).toMatchObject({ photoId: 'photo-200', seen: '271' });
  });

  it('names who is left when everybody else of a pack is read', () => {
    const persons = [person(0.1), person(0.4), person(0.7)];
    const reads = [read('11', 0.99, 0.1), read('12', 0.99, 0.7)];
    const pack = [runner('11', 0), runner('12', 0.1), runner('13', 0.2)];
    const weighed = weighBurst(burst([frame(0, { persons, reads })], pack));
    expect(on(weighed, 'photo-0', '13')).toBeGreaterThan(0.95);
    expect(on(weighed, 'photo-0', '11')).toBeGreaterThan(0.95);
  });

  it('says nothing of a photo without runners', () => {
    expect(weighBurst(burst([frame(0, {})], []))).toEqual([]);
    expect(weighBurst(burst([], [runner('1', 0)]))).toEqual([]);
  });
});

describe('weighing a burst', () => {
  const seen = frame(200, { persons: [person(0.41, 0.51)], reads: [read('729', 0.99, 0.41)] });
  const hidden = frame(0, { persons: [person(0.4)] });

  it('knows a hidden bib from the next frame, and names that frame', () => {
    const weighed = weighBurst(burst([hidden, seen], [runner('729', null)], untimed));
    expect(on(weighed, 'photo-0', '729')).toBeGreaterThanOrEqual(0.95);
    expect(told(weighed, 'photo-0', '729').neighbour).toMatchObject({
      photoId: 'photo-200',
      framesApart: 1,
      secondsApart: 0.2,
      seen: '729',
      read: 'sure',
    });
  });

  it('names a runner of whom no body was found between two frames, and says where it is seen', () => {
    const after = frame(400, { persons: [person(0.42, 0.52)] });
    const gap = frame(200, {});
    const first = frame(0, { persons: [person(0.4)], reads: [read('729', 0.99, 0.4)] });
    const weighed = weighBurst(burst([first, gap, after], [runner('729', null)], untimed));
    expect(on(weighed, 'photo-200', '729')).toBeGreaterThan(0.9);
    expect(weighed.find(({ photoId }) => photoId === 'photo-200')?.box?.x).toBeCloseTo(0.41, 2);
    expect(told(weighed, 'photo-200', '729').neighbour).toMatchObject({ read: 'none', framesApart: 1 });
    const left = frame(200, {
      persons: [{ ...person(0.38, 0.7), box: { x: 0.3, y: 0.1, w: 0.3, h: 0.85 } }],
    });
    const behind = weighBurst(burst([first, left, after], [runner('729', null)], untimed));
    expect(on(behind, 'photo-200', '729')).toBeLessThan(on(weighed, 'photo-200', '729'));
  });

  it('does not give the bib to somebody else elsewhere in the picture', () => {
    const stranger = frame(0, { persons: [person(0.8, 0.3)] });
    const weighed = weighBurst(burst([stranger, seen], [runner('729', null)], untimed));
    expect(on(weighed, 'photo-0', '729')).toBeLessThan(0.5);
  });

  it('takes a person at their word, and hears it on the frames beside', () => {
    const confirmed = frame(0, { persons: [person(0.4)], decisions: [{ bib: '5', decision: 'confirmed' }] });
    const beside = frame(200, { persons: [person(0.4)] });
    const rejected = frame(400, {
      persons: [person(0.4)],
      reads: [read('8', 0.99, 0.4)],
      decisions: [{ bib: '8', decision: 'rejected' }],
    });
    const candidates = [runner('5', null), runner('8', 0)];
    const weighed = weighBurst(burst([confirmed, beside], candidates));
    expect(on(weighed, 'photo-0', '5')).toBe(1);
    expect(on(weighed, 'photo-200', '5')).toBeGreaterThan(0.9);
    const [no] = weighBurst(burst([rejected], candidates)).filter(({ bib }) => bib === '8');
    expect(no).toMatchObject({ probability: 0, evidence: [{ values: { decision: 'rejected' } }] });
  });

  it('believes a person of a runner who is nowhere to be seen', () => {
    const bare = frame(0, { decisions: [{ bib: '99', decision: 'confirmed' }] });
    const [only] = weighBurst(burst([bare], []));
    expect(only).toMatchObject({ bib: '99', probability: 1, box: null });
  });
});

const bibs = ['101', '102', '103', '110', '201'];
const anyRead = fc.record({
  bib: fc.constantFrom(...bibs, '10', '999'),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  x: fc.double({ min: 0, max: 0.85, noNaN: true }),
  partial: fc.constantFrom(undefined, 'first' as const, 'last' as const),
});
const anyFrame = fc.record({
  persons: fc.array(
    fc.tuple(fc.double({ min: 0, max: 0.85, noNaN: true }), fc.double({ min: 0.1, max: 0.9, noNaN: true })),
    { maxLength: 5 },
  ),
  reads: fc.array(anyRead, { maxLength: 4 }),
});
const anyBurst = fc
  .record({
    frames: fc.array(anyFrame, { minLength: 1, maxLength: 4 }),
    expected: fc.array(fc.option(fc.integer({ min: -30, max: 30 })), { minLength: 5, maxLength: 5 }),
    timed: fc.boolean(),
    startListSize: fc.constantFrom(null, 5, 800),
  })
  .map(({ frames, expected, timed, startListSize }) =>
    burst(
      frames.map(({ persons, reads }, index) =>
        frame(index * 300, {
          persons: persons.map(([x, h]) => person(x, h)),
          reads: reads.map(({ bib, confidence, x, partial }) => ({
            ...read(bib, confidence, x),
            ...(partial && { partial }),
          })),
        }),
      ),
      bibs.map((bib, index) => runner(bib, expected[index] ?? null)),
      { timed, startListSize },
    ),
  );

describe('whatever a burst shows', () => {
  it('gives probabilities, finite weights and no name twice on a photo', () => {
    fc.assert(
      fc.property(anyBurst, (any) => {
        const weighed = weighBurst(any);
        for (const { probability, evidence } of weighed) {
          expect(probability).toBeGreaterThanOrEqual(0);
          expect(probability).toBeLessThanOrEqual(1);
          for (const { weight } of evidence) expect(Number.isFinite(weight)).toBe(true);
        }
        const names = weighed.map(({ photoId, bib }) => `${photoId} ${bib}`);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 150 },
    );
  });

  it('does not depend on the order of candidates, persons or reads', () => {
    fc.assert(
      fc.property(anyBurst, (any) => {
        const turned = {
          ...any,
          candidates: any.candidates.toReversed(),
          frames: any.frames.map((one) => ({
            ...one,
            persons: one.persons.toReversed(),
            reads: one.reads.toReversed(),
          })),
        };
        const expected = weighBurst(any);
        for (const { photoId, bib, probability } of weighBurst(turned))
          if (probability > 0.06) expect(on(expected, photoId, bib)).toBeCloseTo(probability, 3);
      }),
      { numRuns: 100 },
    );
  });

  it('never believes a runner less for a surer read of the bib, or a nearer passage', () => {
    const confidence = fc.double({ min: 0, max: 0.84, noNaN: true });
    fc.assert(
      fc.property(confidence, confidence, fc.integer({ min: 0, max: 20 }), (one, other, seconds) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const said = (claimed: number, away: number) => {
          const shot = frame(0, { persons: [person(0.4)], reads: [read('101', claimed, 0.4)] });
          return on(weighBurst(burst([shot], [runner('101', away), runner('102', 5)])), 'photo-0', '101');
        };
        expect(said(high, seconds)).toBeGreaterThanOrEqual(said(low, seconds) - 1e-9);
        expect(said(high, seconds)).toBeGreaterThanOrEqual(said(high, seconds + 3) - 1e-9);
      }),
      { numRuns: 100 },
    );
  });
});
