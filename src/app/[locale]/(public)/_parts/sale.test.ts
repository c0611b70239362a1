import { expect, test } from 'vitest';
import type { Offer } from '#domain/pricing/offer.ts';
import { climbPrices, hasMorePrices, saleOf } from './sale.ts';

const START = new Date('2026-06-21T06:00:00Z');
const BEFORE = new Date('2026-06-01T06:00:00Z');

const offer: Offer = {
  eventId: 'trail',
  currency: 'eur',
  selling: 'paid',
  photoCents: { web: 400, original: 900 },
  allPhotosCents: 2_900,
  preSaleCents: 1_900,
  wholeEventCents: 40_000,
  packs: [
    { size: 'original', photos: 3, priceCents: 2_000 },
    { size: 'web', photos: 4, priceCents: 1_200 },
  ],
  tiers: [],
  discounts: [{ percent: 50, startsAt: START, endsAt: new Date('2026-06-22T06:00:00Z') }],
  startsAt: START,
  sponsorName: null,
};

test('a discount shows both prices, and a pre-sale ends with the start', () => {
  expect(saleOf(offer, BEFORE)).toMatchObject({
    preSale: true,
    discount: null,
    allPhotos: { cents: 1_900, fullCents: 2_900 },
    sizes: [
      { size: 'original', cents: 900, fullCents: 900 },
      { size: 'web', cents: 400, fullCents: 400 },
    ],
  });
  expect(saleOf(offer, START)).toMatchObject({
    preSale: false,
    discount: { percent: 50 },
    allPhotos: { cents: 1_450, fullCents: 2_900 },
    wholeEvent: { cents: 20_000, fullCents: 40_000 },
  });
});

test('what is given is proposed first, and no pack of it is told', () => {
  const sponsored = saleOf({ ...offer, selling: 'sponsored', sponsorName: 'Vaubrun' }, BEFORE);
  expect(sponsored.sizes.map(({ size, cents }) => [size, cents])).toEqual([
    ['web', 0],
    ['original', 900],
  ]);
  expect(sponsored.packs).toEqual([{ size: 'original', photos: 3, priceCents: 2_000 }]);
  const free = saleOf({ ...offer, selling: 'free' }, BEFORE);
  expect([free.sizes, free.packs, free.wholeEvent]).toEqual([
    [{ size: 'original', cents: 0, fullCents: 0 }],
    [],
    null,
  ]);
});

test('nothing can be had of an event that sells nothing, and no price of it is told', () => {
  for (const now of [BEFORE, START]) {
    const sale = saleOf({ ...offer, selling: 'off' }, now);
    expect(sale).toMatchObject({ sizes: [], packs: [], wholeEvent: null, discount: null, preSale: false });
    expect(hasMorePrices(sale)).toBe(false);
  }
  expect(hasMorePrices(saleOf(offer, START))).toBe(true);
});

test('the price of one photo after another climbs with the pack and stops at all photos', () => {
  const after = new Date('2026-07-01T06:00:00Z');
  expect(climbPrices(offer, { size: 'original', photos: 6, now: after })).toEqual([
    900, 1_800, 2_000, 2_900, 2_900, 2_900,
  ]);
});
