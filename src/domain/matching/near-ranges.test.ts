import { expect, it } from 'vitest';
import { nearRanges, type PlacedClock } from './near-ranges.ts';

const NOON = Date.UTC(2026, 4, 17, 12);
const at = (ms: number) => new Date(NOON + ms);
const stay = { placeId: 'mat', from: null, until: null, source: 'solved' as const };
const clock: PlacedClock = {
  ...{ cameraKey: 'one', offsetMs: 0, driftPpm: 0, driftFrom: null, spreadMs: 0, stays: [stay] },
};
const changed = [{ placeId: 'mat', from: at(0), until: at(0) }];

it('takes runners who come close together as one range, and other places not at all', () => {
  const close = Array.from({ length: 200 }, (_, index) => ({
    placeId: 'mat',
    from: at(index * 1000),
    until: at(index * 1000),
  }));
  const [range, ...more] = nearRanges([clock], new Map(), [
    ...close,
    { ...changed[0], placeId: 'lake' } as never,
  ]);
  expect(more).toEqual([]);
  expect((range?.untilMs ?? 0) - (range?.fromMs ?? 0)).toBeLessThan(199_000 + 20_000);
});

it('follows the drift of a clock that is decades off, and ends with the stay', () => {
  const offsetMs = 26 * 365 * 86_400_000;
  const driftFrom = new Date(NOON - offsetMs);
  const until = new Date(NOON - offsetMs + 1000).toISOString();
  const old = { ...clock, offsetMs, driftPpm: 100, driftFrom, stays: [{ ...stay, until }] };
  const [usual] = nearRanges([clock], new Map(), changed);
  const [range] = nearRanges([old], new Map(), changed);
  expect(Math.abs((range?.fromMs ?? 0) + offsetMs - (usual?.fromMs ?? 0))).toBeLessThan(5);
  expect(range?.untilMs).toBe(Date.parse(until));
});
