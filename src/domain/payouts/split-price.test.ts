import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ShareTerms } from '../pricing/offer.ts';
import { splitPrice } from './split-price.ts';

const terms = (change: Partial<ShareTerms> = {}): ShareTerms => ({
  sellerId: 'seller',
  platformBps: 1000,
  organiserId: null,
  organiserBps: 0,
  charityName: null,
  charityBps: 0,
  ...change,
});

const sum = (parts: Iterable<number>) => [...parts].reduce((total, part) => total + part, 0);

const anyTerms = fc
  .tuple(fc.nat(9000), fc.nat(9000), fc.nat(1000), fc.boolean(), fc.boolean(), fc.boolean())
  .filter(([organiserBps, charityBps]) => organiserBps + charityBps <= 9000)
  .map(([organiserBps, charityBps, platformBps, sold, organised, charitable]) =>
    terms({
      sellerId: sold ? 'seller' : null,
      organiserId: organised ? 'organiser' : null,
      charityName: charitable ? 'Les Foulées' : null,
      organiserBps,
      charityBps,
      platformBps,
    }),
  );
const anyCents = fc.nat(2_000_000_000);

describe('the parts of a price', () => {
  test('PAY-12: sum to it exactly, each within a cent of its share and none below zero', () => {
    fc.assert(
      fc.property(anyCents, anyTerms, (cents, shares) => {
        const parts = splitPrice(cents, shares);
        expect(sum(parts.values())).toBe(cents);
        for (const part of parts.values()) expect(part).toBeGreaterThanOrEqual(0);
        const platform = parts.get('platform') ?? 0;
        if (shares.sellerId !== null) {
          expect(Math.abs(platform - (cents * shares.platformBps) / 10_000)).toBeLessThan(1);
        }
      }),
    );
  });

  test.each([
    [700, terms(), [630, 0, 0, 70]],
    [
      999,
      terms({ organiserId: 'club', organiserBps: 2000, charityName: 'Les Foulées', charityBps: 500 }),
      [649, 200, 50, 100],
    ],
    [1, terms({ platformBps: 5000 }), [1, 0, 0, 0]],
    [500, terms({ sellerId: null, platformBps: 0 }), [0, 0, 0, 500]],
    [500, terms({ organiserBps: 2000, charityBps: 500 }), [450, 0, 0, 50]],
  ])('%i cents', (cents, shares, expected) => {
    expect([...splitPrice(cents, shares).values()]).toEqual(expected);
  });

  test('in a currency of thousandths every part is a multiple of ten', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), anyTerms, (tens, shares) => {
        const parts = [...splitPrice(tens * 10, shares, 10).values()];
        expect(sum(parts)).toBe(tens * 10);
        expect(parts.filter((part) => part % 10 !== 0)).toEqual([]);
      }),
    );
  });
});
