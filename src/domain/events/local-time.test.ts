import { describe, expect, test } from 'vitest';
import { instantOfLocalTime } from './local-time.ts';

const inParis = (local: string) => instantOfLocalTime(local, 'Europe/Paris')?.toISOString() ?? null;

describe('the instant of a camera’s wall clock', () => {
  test.each([
    ['2026-07-01T10:20:30.123', '2026-07-01T08:20:30.123Z'],
    ['2026-01-01T10:20:30', '2026-01-01T09:20:30.000Z'],
    ['2026-01-01T00:10:00.5', '2025-12-31T23:10:00.500Z'],
  ])('%s in Paris is %s', (local, instant) => {
    expect(inParis(local)).toBe(instant);
  });

  test('a time shown twice in autumn is the first of the two', () => {
    expect(inParis('2026-10-25T02:30:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(inParis('2026-10-25T01:59:59.999')).toBe('2026-10-24T23:59:59.999Z');
    expect(inParis('2026-10-25T03:00:00')).toBe('2026-10-25T02:00:00.000Z');
  });

  test('a time skipped in spring counts on from before the jump', () => {
    expect(inParis('2026-03-29T02:30:00')).toBe('2026-03-29T01:30:00.000Z');
    expect(inParis('2026-03-29T03:00:00')).toBe('2026-03-29T01:00:00.000Z');
  });

  test('zones with odd offsets and the other hemisphere hold', () => {
    expect(instantOfLocalTime('2026-12-15T12:00:00', 'Asia/Kathmandu')?.toISOString()).toBe(
      '2026-12-15T06:15:00.000Z',
    );
    expect(instantOfLocalTime('2026-01-15T12:00:00', 'Pacific/Auckland')?.toISOString()).toBe(
      '2026-01-14T23:00:00.000Z',
    );
  });

  test.each(['0000-00-00T00:00:00', '2026-02-30T10:00:00', '2026-13-01T10:00:00', 'yesterday', ''])(
    'nonsense %j gives null',
    (local) => {
      expect(inParis(local)).toBeNull();
    },
  );
});
