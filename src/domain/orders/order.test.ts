import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canMove, type Notice, standingAfter } from './order.ts';

const start = Date.parse('2026-06-21T16:00:00Z');
const KINDS = [
  'processing',
  'succeeded',
  'failed',
  'cancelled',
  'refunded',
  'dispute-opened',
  'dispute-won',
  'dispute-lost',
] as const;

const notices = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    kind: fc.constantFrom(...KINDS),
    subjectId: fc.constantFrom('one', 'two'),
    amountCents: fc.constantFrom(1_000, 2_400),
    occurredAt: fc.integer({ min: 0, max: 5 }).map((minute) => new Date(start + minute * 60_000)),
  }),
  { maxLength: 10, selector: (one) => one.id },
);

describe('where an order stands', () => {
  test('the same notices in another order lead to the same standing', () => {
    const shuffled = notices.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, others]) => {
        expect(standingAfter(others, 2_400)).toEqual(standingAfter(all, 2_400));
      }),
      { numRuns: 2_000, seed: 20261123 },
    );
  });

  test('each step on the way is in the transition table', () => {
    fc.assert(
      fc.property(notices, (all) => {
        const states = all.map((_, index) => standingAfter(all.slice(0, index + 1), 2_400).state);
        for (const [index, state] of states.entries()) {
          const before = states[index - 1] ?? 'pending';
          expect(before === state || canMove(before, state), `${before} → ${state}`).toBe(true);
        }
      }),
      { numRuns: 5_000, seed: 20261123 },
    );
  });

  test.each<[string[], string]>([
    [[], 'pending'],
    [['processing'], 'processing'],
    [['succeeded', 'failed'], 'paid'],
    [['succeeded', 'cancelled'], 'paid'],
    [['failed', 'processing'], 'processing'],
    [['dispute-opened', 'succeeded'], 'disputed'],
    [['dispute-opened', 'succeeded', 'dispute-won'], 'paid'],
    [['dispute-opened', 'succeeded', 'dispute-lost'], 'disputed'],
    [['refunded', 'succeeded'], 'refunded'],
  ])('%j ends %s', (kinds, state) => {
    expect(standingAfter(kinds.map(noticeOf), 2_400).state).toBe(state);
  });

  test('partial refunds add up, each once, and freeze the order only when all is given back', () => {
    const part = (id: string, subjectId: string): Notice => ({
      ...noticeOf('refunded', 3),
      id,
      subjectId,
      amountCents: 800,
    });
    const paid = noticeOf('succeeded', 0);
    const two = [paid, part('a', 'r1'), part('b', 'r1'), part('c', 'r2')];
    expect(standingAfter(two, 2_400)).toEqual({ state: 'paid', refundedCents: 1_600, disputed: false });
    expect(standingAfter([...two, part('d', 'r3')], 2_400).state).toBe('refunded');
  });
});

function noticeOf(kind: string, minute: number): Notice {
  const known = KINDS.find((one) => one === kind) ?? 'processing';
  return {
    id: `n-${minute}`,
    kind: known,
    subjectId: 'one',
    amountCents: 2_400,
    occurredAt: new Date(start + minute * 60_000),
  };
}
