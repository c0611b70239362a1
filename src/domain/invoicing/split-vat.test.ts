import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IssuedPaper, planCorrection, planInvoice, type RefundFacts, sumOf } from './plan-papers.ts';
import { includedVat, splitVat } from './split-vat.ts';
import { percentToBps } from './tax-profile.ts';

const rates = fc.constantFrom(0, 210, 550, 1_000, 2_000, 2_700);

describe('VAT that a price includes', () => {
  test('is a sixth at 20 %, rounded to the nearest cent', () => {
    expect([700, 1, 2, 3, 2_400].map((total) => includedVat(total, 2_000))).toEqual([117, 0, 0, 1, 400]);
    expect([percentToBps('20'), percentToBps(' 5,5 '), percentToBps('abc')]).toEqual([
      2_000,
      550,
      Number.NaN,
    ]);
  });

  test('of the lines sums exactly to that of the whole, each within a cent of its own', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 40 }), rates, (totals, rate) => {
        const vats = splitVat(totals, rate);
        const sum = totals.reduce((all, total) => all + total, 0);
        expect(vats.reduce((all, vat) => all + vat, 0)).toBe(includedVat(sum, rate));
        vats.forEach((vat, place) => {
          expect(Math.abs(vat - includedVat(totals[place] ?? 0, rate))).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  test('is taken back to the last cent when every part of every line was refunded, in whatever pieces', () => {
    const sale = fc.record({
      prices: fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 6 }),
      rate: rates,
      cuts: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 }),
    });
    fc.assert(
      fc.property(sale, ({ prices, rate, cuts }) => {
        const lines = prices.map((priceCents, place) => ({
          lineId: `l${place}`,
          label: 'x',
          quantity: 1,
          priceCents,
        }));
        const issued: IssuedPaper[] = [];
        const facts = { orderId: 'o', issuer: 's', issued };
        const refunds = cutUp(prices, cuts);
        for (let round = 0; round < 50; round += 1) {
          const planned = planInvoice(facts, { lines, vatRateBps: rate }) ?? planCorrection(facts, refunds);
          if (!planned) break;
          issued.push({
            ...planned,
            id: `${round}`,
            number: `${round}`,
            content: { lines: planned.lines } as never,
          });
        }
        const signed = issued.map(({ kind, content }) => ({
          ...sumOf(content.lines),
          sign: kind === 'invoice' ? 1 : -1,
        }));
        expect(signed.reduce((sum, paper) => sum + paper.sign * paper.totalCents, 0)).toBe(0);
        expect(signed.reduce((sum, paper) => sum + paper.sign * paper.vatCents, 0)).toBe(0);
        expect(signed.every((paper) => paper.vatCents >= 0)).toBe(true);
      }),
    );
  });
});

/** Refunds that together give back every cent, in parts of so many percent. */
function cutUp(prices: number[], cuts: number[]): RefundFacts[] {
  const left = [...prices];
  const parts = [...cuts, 100];
  return parts.map((percent, index) => ({
    refundId: `r${index}`,
    state: 'succeeded',
    parts: left.map((cents, place) => {
      const amountCents = Math.floor((cents * percent) / 100);
      left[place] = cents - amountCents;
      return { lineId: `l${place}`, amountCents };
    }),
  }));
}
