import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCents, spreadOverLines } from './refund.ts';

const line = fc
  .tuple(fc.integer({ min: 0, max: 2_000_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([priceCents, share]) => ({ priceCents, refundedCents: Math.floor(priceCents * share) }));
const lines = fc
  .array(line, { maxLength: 12 })
  .map((all) => all.map((one, index) => ({ ...one, lineId: `line-${index}` })));

describe('a refund that names no lines', () => {
  test('is spread to the cent, and takes no more of a line than is open', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 2_147_483_647 }), (all, amountCents) => {
        const parts = spreadOverLines(all, amountCents);
        const open = all.reduce((sum, one) => sum + openCents(one), 0);
        const spread = parts.reduce((sum, part) => sum + part.amountCents, 0);
        expect(spread).toBe(Math.min(amountCents, open));
        for (const { lineId, amountCents: cents } of parts) {
          const found = all.find((one) => one.lineId === lineId);
          expect(cents).toBeGreaterThan(0);
          expect(cents).toBeLessThanOrEqual(found ? openCents(found) : 0);
        }
      }),
      { numRuns: 2_000, seed: 20_261_123 },
    );
  });

  test('gives the odd cents to the largest remainders', () => {
    const three = ['a', 'b', 'c'].map((lineId) => ({ lineId, priceCents: 700, refundedCents: 0 }));
    expect(spreadOverLines(three, 1_000).map((part) => part.amountCents)).toEqual([334, 333, 333]);
    const uneven = [
      { lineId: 'a', priceCents: 100, refundedCents: 0 },
      { lineId: 'b', priceCents: 300, refundedCents: 100 },
    ];
    expect(spreadOverLines(uneven, 100).map((part) => part.amountCents)).toEqual([33, 67]);
  });
});
