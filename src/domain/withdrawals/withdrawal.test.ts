import { describe, expect, test } from 'vitest';
import { outcomeOf, periodEnd, type WithdrawalLine } from './withdrawal.ts';

const at = (text: string) => new Date(text);

describe('the withdrawal period', () => {
  test.each([
    [
      '14 days after the day of the contract, to its end in Paris',
      '2026-11-23T10:00:00Z',
      '2026-12-07T23:00:00Z',
    ],
    [
      'of a contract made after midnight in Paris, counts from that day',
      '2026-11-22T23:30:00Z',
      '2026-12-07T23:00:00Z',
    ],
    ['that would end on a Saturday, ends with the Monday', '2026-09-05T08:00:00Z', '2026-09-21T22:00:00Z'],
    [
      'that would end on Good Friday, ends that day: it is worked',
      '2027-03-12T08:00:00Z',
      '2027-03-26T23:00:00Z',
    ],
    [
      'that would end on Easter Sunday, ends with the Tuesday',
      '2027-03-14T08:00:00Z',
      '2027-03-30T22:00:00Z',
    ],
    ['that would end on Ascension Day, ends with the Friday', '2026-04-30T08:00:00Z', '2026-05-15T22:00:00Z'],
    [
      'that would end at Christmas before a weekend, ends with the Monday',
      '2026-12-11T08:00:00Z',
      '2026-12-28T23:00:00Z',
    ],
    ['over the change of the clock is whole days', '2026-10-15T08:00:00Z', '2026-10-29T23:00:00Z'],
  ])('%s', (_case, ordered, end) => {
    expect(periodEnd(at(ordered)).toISOString()).toBe(at(end).toISOString());
  });
});

describe('a withdrawal', () => {
  const when = { orderedAt: at('2026-11-23T10:00:00Z'), now: at('2026-11-24T10:00:00Z') };
  const late = { ...when, now: at('2027-01-24T10:00:00Z') };
  const line = (more: Partial<WithdrawalLine> = {}): WithdrawalLine => ({
    lineId: 'one',
    priceCents: 700,
    refundedCents: 0,
    available: false,
    preSale: false,
    ...more,
  });

  test('gives everything back while nothing can be downloaded', () => {
    expect(outcomeOf([line(), line({ lineId: 'free', priceCents: 0, available: true })], when)).toEqual({
      outcome: 'refunded',
      endedBy: null,
      parts: [{ lineId: 'one', amountCents: 700 }],
    });
  });

  test('gives nothing back of what was waived and can be downloaded, and the rest of a mixed order', () => {
    const delivered = line({ lineId: 'two', available: true });
    expect(outcomeOf([delivered], when)).toMatchObject({
      outcome: 'right-ended',
      endedBy: 'waived-and-available',
    });
    expect(outcomeOf([line({ refundedCents: 200 }), delivered], when)).toEqual({
      outcome: 'partly-refunded',
      endedBy: 'waived-and-available',
      parts: [{ lineId: 'one', amountCents: 500 }],
    });
  });

  test('comes too late after the period, but for a pre-sale that waits for its photos', () => {
    expect(outcomeOf([line()], late)).toMatchObject({ outcome: 'right-ended', endedBy: 'period-over' });
    expect(outcomeOf([line({ preSale: true })], late)).toMatchObject({ outcome: 'refunded' });
    expect(outcomeOf([line({ preSale: true, available: true })], late)).toMatchObject({
      outcome: 'right-ended',
      endedBy: 'waived-and-available',
    });
  });

  test('pays nothing twice', () => {
    expect(outcomeOf([line({ refundedCents: 700 })], when)).toMatchObject({
      outcome: 'right-ended',
      endedBy: 'already-refunded',
    });
    expect(outcomeOf([line({ refundedCents: 700 }), line({ lineId: 'two' })], when)).toMatchObject({
      outcome: 'refunded',
      endedBy: null,
    });
  });
});
