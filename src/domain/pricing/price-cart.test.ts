import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Offer, PhotoSize, Promo } from './offer.ts';
import { priceCart } from './price-cart.ts';
import type { CartLineToPrice, PricedCart } from './priced-cart.ts';

const RUNS = { numRuns: 400, seed: 20261123 };
const NOW = new Date('2026-11-23T10:00:00Z');
const EVENTS = ['spring', 'summer'];
const BIBS = ['7', '0042', 'A12'];
const SIZES: PhotoSize[] = ['web', 'original'];

const size = fc.constantFrom(...SIZES);
const hours = (count: number) => new Date(NOW.getTime() + count * 3600_000);

/** Any offer, even one whose packs cost more than single photos and whose whole event is cheap. */
function offerOf(eventId: string, unit = 1): fc.Arbitrary<Offer> {
  const cents = (max: number) => fc.integer({ min: 0, max }).map((amount) => amount * unit);
  return fc.record({
    eventId: fc.constant(eventId),
    currency: fc.constant('eur'),
    selling: fc.constantFrom('paid' as const, 'paid' as const, 'paid' as const, 'sponsored' as const),
    photoCents: fc.record({ web: cents(900), original: cents(1_500) }),
    allPhotosCents: cents(6_000),
    preSaleCents: fc.option(cents(6_000)),
    wholeEventCents: fc.option(cents(40_000)),
    packs: fc.uniqueArray(
      fc.record({ size, photos: fc.integer({ min: 2, max: 12 }), priceCents: cents(8_000) }),
      { maxLength: 4, selector: (pack) => `${pack.size}${pack.photos}` },
    ),
    tiers: fc.uniqueArray(
      fc.record({ size, fromPhotos: fc.integer({ min: 2, max: 20 }), unitCents: cents(1_200) }),
      { maxLength: 3, selector: (tier) => `${tier.size}${tier.fromPhotos}` },
    ),
    discounts: fc.array(
      fc.record({
        percent: fc.integer({ min: 1, max: 100 }),
        startsAt: fc.constantFrom(hours(-2), hours(1)),
        endsAt: fc.constantFrom(hours(2), hours(3)),
      }),
      { maxLength: 2 },
    ),
    startsAt: fc.constantFrom(hours(-5), hours(5)),
    sponsorName: fc.constant(null),
  });
}

const offers = fc.tuple(...EVENTS.map((eventId) => offerOf(eventId)));
const photo = fc.record({
  lineId: fc.uuid(),
  eventId: fc.constantFrom(...EVENTS),
  kind: fc.constant('photo' as const),
  size,
  bib: fc.constantFrom(...BIBS, null),
});
const allPhotos = fc.record({
  lineId: fc.uuid(),
  eventId: fc.constantFrom(...EVENTS),
  kind: fc.constant('all-photos' as const),
  size: fc.constant('original' as const),
  bib: fc.constantFrom(...BIBS),
});
const line: fc.Arbitrary<CartLineToPrice> = fc.oneof({ weight: 9, arbitrary: photo }, allPhotos);
const cart = fc.uniqueArray(line, { maxLength: 30, selector: (one) => one.lineId });
const percentOff = promoOf({ kind: 'percent', percent: 15 });

describe('what is always true of a priced cart', () => {
  test('the order of the lines changes no line’s price', () => {
    const shuffled = cart.chain((lines) =>
      fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
    );
    fc.assert(
      fc.property(shuffled, offers, ([lines, others], all) => {
        expect(centsByLine(priced(others, all, [percentOff]))).toEqual(
          centsByLine(priced(lines, all, [percentOff])),
        );
      }),
      RUNS,
    );
  });

  test('every line costs from 0 to what it costs alone, and lines sum to the total', () => {
    fc.assert(
      fc.property(cart, offers, fc.integer({ min: 0, max: 9_000 }), (lines, all, cents) => {
        const promo = promoOf({ kind: 'amount', cents, currency: 'eur' });
        const result = priced(lines, all, [promo, percentOff]);
        expect(result.lines.map((one) => one.lineId)).toEqual(lines.map((one) => one.lineId));
        for (const { priceCents, fullCents } of result.lines) {
          expect(Number.isInteger(priceCents) && priceCents >= 0 && priceCents <= fullCents).toBe(true);
        }
        expect(sum(result.lines.map((one) => one.priceCents))).toBe(result.totalCents);
      }),
      RUNS,
    );
  });

  test('one more line never makes the cart cheaper, with any code that has no minimum', () => {
    fc.assert(
      fc.property(cart, line, offers, (lines, added, all) => {
        fc.pre(lines.every((one) => one.lineId !== added.lineId));
        for (const promos of [[], [percentOff], [promoOf({ kind: 'amount', cents: 900, currency: 'eur' })]]) {
          const before = priced(lines, all, promos).totalCents;
          expect(priced([...lines, added], all, promos).totalCents).toBeGreaterThanOrEqual(before);
        }
      }),
      RUNS,
    );
  });

  test('a cart never costs more than its two parts bought apart', () => {
    fc.assert(
      fc.property(cart, fc.nat(30), offers, (lines, at, all) => {
        for (const promos of [[], [percentOff]]) {
          const apart =
            priced(lines.slice(0, at), all, promos).totalCents +
            priced(lines.slice(at), all, promos).totalCents;
          expect(priced(lines, all, promos).totalCents).toBeLessThanOrEqual(apart);
        }
      }),
      RUNS,
    );
  });

  test('the total is above no pack, tier, all-photos or whole-event price that would do', () => {
    fc.assert(
      fc.property(cart, offers, (lines, all) => {
        const result = priced(lines, all);
        for (const offer of all) {
          const ofEvent = lines.filter((one) => one.eventId === offer.eventId);
          const cents = sumOf(result, ofEvent);
          for (const bound of boundsOf(offer, ofEvent)) expect(cents).toBeLessThanOrEqual(bound);
        }
      }),
      RUNS,
    );
  });

  test('one runner’s photos, web and original together, never cost more than all of that runner’s photos', () => {
    fc.assert(
      fc.property(cart, offers, (lines, all) => {
        const result = priced(lines, all);
        for (const { eventId, allPhotosCents, preSaleCents, startsAt } of all) {
          const cap =
            startsAt > NOW ? Math.min(allPhotosCents, preSaleCents ?? allPhotosCents) : allPhotosCents;
          for (const bib of BIBS) {
            const ofRunner = lines.filter((one) => one.eventId === eventId && one.bib === bib);
            expect(sumOf(result, ofRunner)).toBeLessThanOrEqual(cap);
          }
        }
      }),
      RUNS,
    );
  });

  test('the total is the least of all ways to pay, tried one by one', () => {
    const few = fc.uniqueArray(photo, { maxLength: 7, selector: (one) => one.lineId });
    fc.assert(
      fc.property(few, offerOf('spring'), (lines, offer) => {
        const plain = { ...offer, discounts: [], preSaleCents: null };
        const ofSpring = lines.map((one) => ({ ...one, eventId: 'spring' }));
        expect(priced(ofSpring, [plain]).totalCents).toBe(leastByTrying(ofSpring, plain));
      }),
      RUNS,
    );
  });
});

describe('how one runner’s price climbs and stops', () => {
  test('photos at 7 € stop at 24 €, and the hint counts the photos until then', () => {
    const steps = [1, 2, 3, 4, 14].map((count) => {
      const { totalCents, hints, lines } = priced(photos(count), [spring()]);
      return [totalCents, hints[0]?.photosUntilCap, lines[0]?.reason];
    });
    expect(steps).toEqual([
      [700, 3, 'single'],
      [1_400, 2, 'single'],
      [2_100, 1, 'single'],
      [2_400, 0, 'capped'],
      [2_400, 0, 'capped'],
    ]);
  });

  test('a capped price is shared in whole cents that differ by at most one', () => {
    const cents = priced(photos(14), [spring()]).lines.map((one) => one.priceCents);
    expect(new Set(cents)).toEqual(new Set([171, 172]));
  });

  test('photos beside the runner’s all-photos line are included in it', () => {
    const { totalCents, lines, hints } = priced([...photos(2), runnerLine], [spring()]);
    expect([totalCents, hints]).toEqual([2_400, []]);
    expect(lines.map((one) => one.reason)).toEqual(['included', 'included', 'all-photos']);
  });

  test('photos found without a bib are never capped together', () => {
    const lines = photos(5).map((one) => ({ ...one, bib: null }));
    expect(priced(lines, [spring()]).totalCents).toBe(3_500);
  });
});

describe('what else an offer can say', () => {
  const packs = [{ size: 'original' as const, photos: 5, priceCents: 2_000 }];

  test('photos of several runners fill one pack, which is cheaper than four single ones too', () => {
    const two = [...photos(2), ...photos(2, { bib: '8', lineId: 'other' })];
    const { totalCents, lines, pools } = priced(two, [spring({ packs })]);
    expect(totalCents).toBe(2_000);
    expect(lines.map(({ priceCents, reason }) => [priceCents, reason])).toEqual(Array(4).fill([500, 'pack']));
    expect(pools).toMatchObject([{ photos: 4, unitCents: 700, packs: [{ photos: 5, times: 1 }] }]);
  });

  test('the page is told when a pack gets cheaper: three photos more for 6 €, then the rest for nothing', () => {
    const hints = [1, 2, 3, 4].map(
      (count) => priced(photos(count, { bib: null }), [spring({ packs })]).packHints[0],
    );
    expect(hints.map((hint) => hint && [hint.morePhotos, hint.moreCents, hint.priceCents])).toEqual([
      [4, 1_300, 2_000],
      [3, 600, 2_000],
      [2, 0, 2_000],
      [1, 0, 2_000],
    ]);
  });

  test('from the tier on each photo costs less, and just below it nobody pays more than at it', () => {
    const tiers = [{ size: 'original' as const, fromPhotos: 4, unitCents: 400 }];
    const totals = [1, 2, 3, 4, 5].map((count) => {
      const { totalCents, lines } = priced(photos(count, { bib: null }), [spring({ tiers })]);
      return [totalCents, lines[0]?.reason];
    });
    expect(totals).toEqual([
      [700, 'single'],
      [1_400, 'single'],
      [1_600, 'tier'],
      [1_600, 'tier'],
      [2_000, 'tier'],
    ]);
  });

  test('before the start all photos cost the pre-sale’s price, and that is the cap as well', () => {
    const offer = spring({ preSaleCents: 1_500, startsAt: hours(2) });
    expect(priced([runnerLine], [offer])).toMatchObject({
      totalCents: 1_500,
      lines: [{ fullCents: 2_400, reason: 'pre-sale' }],
    });
    expect(priced(photos(4), [offer]).totalCents).toBe(1_500);
    expect(priced([runnerLine], [{ ...offer, startsAt: NOW }]).totalCents).toBe(2_400);
  });

  test('the largest discount that runs is off every price; one that is over or to come is not', () => {
    const discounts = [
      { percent: 10, startsAt: hours(-1), endsAt: hours(1) },
      { percent: 30, startsAt: hours(-1), endsAt: hours(1) },
      { percent: 90, startsAt: hours(-2), endsAt: NOW },
      { percent: 80, startsAt: hours(1), endsAt: hours(2) },
    ];
    const result = priced(photos(2), [spring({ discounts })]);
    expect(result.totalCents).toBe(980);
    expect(result.lines[0]).toMatchObject({ fullCents: 700, priceCents: 490, reason: 'discounted' });
    expect(result.discounts).toMatchObject([{ percent: 30, offCents: 420 }]);
  });

  test('a sponsor gives the web size and the original stays paid; a free event gives all', () => {
    const both = [...photos(1), ...photos(1, { size: 'web', lineId: 'web' })];
    const sponsored = priced(both, [spring({ selling: 'sponsored' })]);
    expect(sponsored.lines.map(({ priceCents, reason }) => [priceCents, reason])).toEqual([
      [700, 'single'],
      [0, 'sponsored'],
    ]);
    const free = priced([...both, runnerLine], [spring({ selling: 'free' })]);
    expect([free.totalCents, free.lines.map((one) => one.reason)]).toEqual([0, ['free', 'free', 'free']]);
  });

  test('the whole event covers all its lines, and is a cap for them without being asked for', () => {
    const whole = {
      lineId: 'whole',
      eventId: 'spring',
      kind: 'whole-event',
      size: 'original',
      bib: null,
    } as const;
    const offer = spring({ wholeEventCents: 4_000 });
    const runners = ['1', '2', '3'].map((bib) => ({ ...runnerLine, lineId: bib, bib }));
    expect(priced(runners, [offer]).lines.map(({ priceCents, reason }) => [priceCents, reason])).toEqual([
      [1_334, 'whole-event'],
      [1_333, 'whole-event'],
      [1_333, 'whole-event'],
    ]);
    const asked = priced([...runners, ...photos(3), whole], [offer]);
    expect(asked.totalCents).toBe(4_000);
    expect(asked.lines.filter((one) => one.priceCents > 0).map((one) => one.reason)).toEqual(['whole-event']);
  });

  test.each([
    ['anything of an event that sells nothing', { selling: 'off' as const }, {}],
    ['a web size that has no price', { photoCents: { web: null, original: 700 } }, { size: 'web' as const }],
    ['a whole event that has no price', {}, { kind: 'whole-event' as const, bib: null }],
    ['an event without an offer', { eventId: 'gone' }, {}],
  ])('refuses %s', (_, offer, changed) => {
    const lines = photos(1).map((one) => ({ ...one, ...changed }));
    expect(() => priced(lines, [spring(offer)])).toThrow('not-found');
  });

  test('two currencies in one cart are refused, and an empty cart costs nothing', () => {
    const other = spring({ eventId: 'summer', currency: 'chf' });
    const lines = [...photos(1), { ...runnerLine, eventId: 'summer' }];
    expect(() => priced(lines, [spring(), other])).toThrow('conflict');
    expect(priced([], [])).toMatchObject({ lines: [], totalCents: 0, currency: null });
  });
});

describe('a promo code', () => {
  test('takes its part off the lines of its events alone, from its minimum on', () => {
    const lines = [...photos(2), { ...runnerLine, lineId: 'elsewhere', eventId: 'summer' }];
    const all = [spring(), spring({ eventId: 'summer' })];
    const half = promoOf({ kind: 'percent', percent: 50 }, 1_400);
    expect(priced(lines, all, [half])).toMatchObject({
      totalCents: 3_100,
      lines: [{ priceCents: 350 }, { priceCents: 350 }, { priceCents: 2_400 }],
      promos: [{ offCents: 700, missingCents: 0 }],
    });
    const tooHigh = { ...half, minTotalCents: 1_500 };
    expect(priced(lines, all, [tooHigh])).toMatchObject({
      totalCents: 3_800,
      promos: [{ offCents: 0, missingCents: 100 }],
    });
  });

  test('takes an amount off down to nothing, and none in another currency', () => {
    const off = (cents: number, currency: string) =>
      priced(photos(2), [spring()], [promoOf({ kind: 'amount', cents, currency })]).totalCents;
    expect([off(500, 'eur'), off(9_999, 'eur'), off(500, 'chf')]).toEqual([900, 0, 1_400]);
  });
});

function promoOf(off: Promo['off'], minTotalCents = 0): Promo {
  return { promoCodeId: 'code', code: 'TRAIL', eventIds: ['spring'], off, minTotalCents };
}

function priced(lines: CartLineToPrice[], all: Offer[], promos: Promo[] = []): PricedCart {
  return priceCart(lines, all, { now: NOW, promos });
}

function centsByLine({ lines }: PricedCart): Record<string, number> {
  return Object.fromEntries(lines.map((one) => [one.lineId, one.priceCents]));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function sumOf(result: PricedCart, lines: CartLineToPrice[]): number {
  const cents = centsByLine(result);
  return sum(lines.map((one) => cents[one.lineId] ?? 0));
}

/** What the lines of one event would cost by a single price of its offer. */
function boundsOf(offer: Offer, lines: CartLineToPrice[]): number[] {
  const web = offer.selling === 'sponsored' ? 0 : (offer.photoCents.web ?? 0);
  const unitOf = (one: CartLineToPrice) =>
    one.kind === 'all-photos' ? offer.allPhotosCents : one.size === 'web' ? web : offer.photoCents.original;
  const [only] = new Set(lines.map((one) => one.size));
  const alike = lines.every((one) => one.kind === 'photo' && one.size === only);
  return [
    sum(lines.map(unitOf)),
    ...(offer.wholeEventCents === null ? [] : [offer.wholeEventCents]),
    ...(alike && lines.length > 0
      ? [
          ...offer.packs
            .filter((pack) => pack.size === only && pack.photos >= lines.length)
            .map((pack) => pack.priceCents),
          ...offer.tiers
            .filter((tier) => tier.size === only)
            .map((tier) => Math.max(tier.fromPhotos, lines.length) * tier.unitCents),
        ]
      : []),
  ];
}

/** Every choice of runners who take all their photos, and for the rest every mix of packs at every tier. */
function leastByTrying(lines: CartLineToPrice[], offer: Offer): number {
  let least = Number.POSITIVE_INFINITY;
  for (let choice = 0; choice < 2 ** BIBS.length; choice += 1) {
    const taken = BIBS.filter((_, place) => (choice >> place) % 2 === 1);
    const rest = lines.filter((one) => one.bib === null || !taken.includes(one.bib));
    const pools = SIZES.map((one) =>
      poolByTrying(rest.filter((other) => other.size === one).length, one, offer),
    );
    least = Math.min(least, taken.length * offer.allPhotosCents + sum(pools));
  }
  return Math.min(least, offer.wholeEventCents ?? least);
}

function poolByTrying(count: number, which: PhotoSize, offer: Offer): number {
  const single =
    which === 'original'
      ? offer.photoCents.original
      : offer.selling === 'sponsored'
        ? 0
        : (offer.photoCents.web ?? 0);
  const packs = offer.packs.filter((pack) => pack.size === which);
  const tiers = offer.tiers.filter((tier) => tier.size === which);
  const pay = (left: number, unit: number): number =>
    left <= 0
      ? 0
      : Math.min(
          unit + pay(left - 1, unit),
          ...packs.map((pack) => pack.priceCents + pay(left - pack.photos, unit)),
        );
  if (count === 0) return 0;
  return Math.min(
    pay(count, single),
    ...tiers.map((tier) => pay(Math.max(count, tier.fromPhotos), tier.unitCents)),
  );
}

const runnerLine: CartLineToPrice = {
  lineId: 'runner',
  eventId: 'spring',
  kind: 'all-photos',
  size: 'original',
  bib: '7',
};

function spring(changed: Partial<Offer> = {}): Offer {
  return {
    eventId: 'spring',
    currency: 'eur',
    selling: 'paid',
    photoCents: { web: 300, original: 700 },
    allPhotosCents: 2_400,
    preSaleCents: null,
    wholeEventCents: null,
    packs: [],
    tiers: [],
    discounts: [],
    startsAt: hours(-5),
    sponsorName: null,
    ...changed,
  };
}

function photos(count: number, changed: Partial<CartLineToPrice> = {}): CartLineToPrice[] {
  return Array.from({ length: count }, (_, index) => ({
    eventId: 'spring',
    kind: 'photo',
    size: 'original',
    bib: '7',
    ...changed,
    lineId: `${changed.lineId ?? 'line'}-${index}`,
  }));
}
