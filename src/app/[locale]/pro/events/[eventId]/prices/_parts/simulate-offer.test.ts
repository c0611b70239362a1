import { expect, test } from 'vitest';
import type { Offer } from '#domain/pricing/offer.ts';
import { simulateOffer } from './simulate-offer.ts';

const START = new Date('2026-06-21T06:00:00Z');
const AFTER = new Date('2026-07-01T06:00:00Z');

const offer: Offer = {
  eventId: 'trail',
  currency: 'eur',
  selling: 'paid',
  photoCents: { web: null, original: 900 },
  allPhotosCents: 2_900,
  preSaleCents: null,
  wholeEventCents: null,
  packs: [{ size: 'original', photos: 3, priceCents: 2_000 }],
  tiers: [],
  discounts: [],
  startsAt: START,
  sponsorName: null,
};

test('the table shows where a pack becomes cheaper, and where all photos do', () => {
  const rows = simulateOffer(offer, AFTER).moments[0]?.rows ?? [];
  expect(rows.slice(0, 5).map(({ photos, priceCents, reason }) => [photos, priceCents, reason])).toEqual([
    [1, 900, 'single'],
    [2, 1_800, 'single'],
    [3, 2_000, 'pack'],
    [4, 2_900, 'pack'],
    [5, 2_900, 'capped'],
  ]);
});

test('a pack and a tier that no runner would ever meet are named, with what they compete with', () => {
  const senseless = {
    ...offer,
    packs: [...offer.packs, { size: 'original' as const, photos: 5, priceCents: 3_500 }],
    tiers: [{ size: 'original' as const, fromPhotos: 4, unitCents: 850 }],
  };
  expect(simulateOffer(senseless, AFTER).useless).toEqual([
    { kind: 'pack', size: 'original', photos: 5, priceCents: 3_500, withoutCents: 2_900 },
  ]);
  expect(simulateOffer(offer, AFTER).useless).toEqual([]);
});

test('prices are shown for now, for after a pre-sale, and for each discount to come', () => {
  const before = new Date('2026-06-01T06:00:00Z');
  const discounts = [{ percent: 20, startsAt: START, endsAt: AFTER }];
  const { moments, uselessPreSale } = simulateOffer({ ...offer, preSaleCents: 1_900, discounts }, before);
  expect(moments.map(({ kind, percent, rows }) => [kind, percent, rows[4]?.priceCents])).toEqual([
    ['now', 0, 1_900],
    ['after-start', 20, 2_320],
    ['discount', 20, 2_320],
  ]);
  expect(uselessPreSale).toBeNull();
  expect(simulateOffer({ ...offer, preSaleCents: 2_900 }, before).uselessPreSale).toEqual({
    preSaleCents: 2_900,
    allPhotosCents: 2_900,
  });
});

test('what is given costs nothing in the size that is given, and nothing is worked out where nothing is sold', () => {
  const given = simulateOffer({ ...offer, selling: 'sponsored', sponsorName: 'Vaubrun' }, AFTER).moments[0]
    ?.rows;
  expect(new Set(given?.filter(({ size }) => size === 'web').map((row) => row.priceCents))).toEqual(
    new Set([0]),
  );
  expect(given?.find(({ size }) => size === 'original')?.priceCents).toBe(900);
  expect(simulateOffer({ ...offer, selling: 'off' }, AFTER).moments).toEqual([]);
});
