import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitPrice } from '../payouts/split-price.ts';
import type { Offer, PhotoSize, Promo, ShareTerms } from './offer.ts';
import { priceCart } from './price-cart.ts';
import type { CartLineToPrice } from './priced-cart.ts';
import { moneyStep } from './share-cents.ts';

const NOW = new Date('2026-11-23T10:00:00Z');
const TERMS: ShareTerms = {
  ...{ sellerId: 'seller', platformBps: 1_000, organiserId: 'organiser', organiserBps: 1_500 },
  ...{ charityName: 'Téléthon', charityBps: 250 },
};

/** Yen have no decimals, dinars have three, of which the last is always 0. */
const currency = fc.constantFrom('jpy', 'eur', 'kwd');
const size = fc.constantFrom<PhotoSize>('web', 'original');
const units = (max: number) => fc.integer({ min: 0, max });
const offerInUnits = fc.record({
  photoCents: fc.record({ web: units(600), original: units(1_500) }),
  allPhotosCents: units(5_000),
  wholeEventCents: fc.option(units(20_000)),
  packs: fc.array(fc.record({ size, photos: fc.integer({ min: 2, max: 8 }), priceCents: units(6_000) }), {
    maxLength: 2,
  }),
  tiers: fc.array(fc.record({ size, fromPhotos: fc.integer({ min: 2, max: 9 }), unitCents: units(900) }), {
    maxLength: 1,
  }),
  percent: fc.option(fc.integer({ min: 1, max: 99 })),
});
const lines = fc.array(
  fc.record({
    kind: fc.constantFrom('photo' as const, 'photo' as const, 'photo' as const, 'all-photos' as const),
    size,
    bib: fc.constantFrom('7', '8', null),
  }),
  { minLength: 1, maxLength: 12 },
);
const promo = fc.option(
  fc.oneof(
    fc.record({ kind: fc.constant('percent' as const), percent: fc.integer({ min: 1, max: 100 }) }),
    fc.record({ kind: fc.constant('amount' as const), units: units(4_000) }),
  ),
);

test('PAY-12: 10,000 random orders in three currencies: whole minor units, lines sum to the total, fee and net to each line', () => {
  const order = fc.record({ currency, offer: offerInUnits, lines, promo });
  fc.assert(
    fc.property(order, (asked) => {
      const step = moneyStep(asked.currency);
      const priced = priceCart(linesOf(asked.lines), [offerOf(asked)], { now: NOW, promos: promosOf(asked) });
      let [paid, fee, net] = [0, 0, 0];
      for (const { priceCents } of priced.lines) {
        const parts = splitPrice(priceCents, TERMS, step);
        const whole = [priceCents, ...parts.values()];
        if (!whole.every((cents) => Number.isInteger(cents) && cents >= 0 && cents % step === 0)) {
          throw new Error(`not whole: ${whole.join(', ')}`);
        }
        const platform = parts.get('platform') ?? 0;
        expect(Math.abs(platform - priceCents / 10)).toBeLessThan(step);
        paid += priceCents;
        fee += platform;
        net += [...parts.values()].reduce((sum, cents) => sum + cents, 0) - platform;
      }
      expect([paid, fee + net]).toEqual([priced.totalCents, priced.totalCents]);
    }),
    { numRuns: 10_000, seed: 20261123 },
  );
});

interface Asked {
  currency: string;
  offer: typeof offerInUnits extends fc.Arbitrary<infer Value> ? Value : never;
  promo: { kind: 'percent'; percent: number } | { kind: 'amount'; units: number } | null;
}

function offerOf({ currency: of, offer }: Asked): Offer {
  const step = moneyStep(of);
  const { percent } = offer;
  const running = { startsAt: new Date(0), endsAt: new Date('2100-01-01') };
  return {
    eventId: 'spring',
    currency: of,
    selling: 'paid',
    photoCents: { web: offer.photoCents.web * step, original: offer.photoCents.original * step },
    allPhotosCents: offer.allPhotosCents * step,
    preSaleCents: null,
    wholeEventCents: offer.wholeEventCents === null ? null : offer.wholeEventCents * step,
    packs: offer.packs.map((pack) => ({ ...pack, priceCents: pack.priceCents * step })),
    tiers: offer.tiers.map((tier) => ({ ...tier, unitCents: tier.unitCents * step })),
    discounts: percent === null ? [] : [{ percent, ...running }],
    startsAt: new Date(0),
    sponsorName: null,
  };
}

function linesOf(asked: Pick<CartLineToPrice, 'kind' | 'size' | 'bib'>[]): CartLineToPrice[] {
  return asked.map(({ kind, size: of, bib }, index) => ({
    lineId: String(index).padStart(3, '0'),
    eventId: 'spring',
    kind,
    size: kind === 'photo' ? of : 'original',
    bib: kind === 'photo' ? bib : (bib ?? '9'),
  }));
}

function promosOf({ currency: of, promo: off }: Asked): Promo[] {
  if (off === null) return [];
  const code = { promoCodeId: 'code', code: 'TRAIL', eventIds: ['spring'], minTotalCents: 0 };
  if (off.kind === 'percent') return [{ ...code, off }];
  return [{ ...code, off: { kind: 'amount', cents: off.units * moneyStep(of), currency: of } }];
}
