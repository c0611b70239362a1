import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CartLineToPrice, type EventPrices, priceCart } from './price-cart.ts';

const EVENTS = ['spring', 'summer', 'autumn'];
const RUNS = { numRuns: 2_000, seed: 20261123 };

const prices = fc
  .tuple(
    ...EVENTS.map(() => fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 9_000 }))),
  )
  .map((all) =>
    all.map(
      ([photoPriceCents, allPhotosPriceCents], index): EventPrices => ({
        eventId: EVENTS[index] ?? '',
        photoPriceCents,
        allPhotosPriceCents,
        currency: 'eur',
      }),
    ),
  );
const line = fc.record({
  lineId: fc.uuid(),
  eventId: fc.constantFrom(...EVENTS),
  kind: fc.constantFrom('photo' as const, 'photo' as const, 'photo' as const, 'all-photos' as const),
  bib: fc.constantFrom('7', '0042', 'A12'),
});
const photoWithoutBib = fc.record({
  lineId: fc.uuid(),
  eventId: fc.constantFrom(...EVENTS),
  kind: fc.constant('photo' as const),
  bib: fc.constant(null),
});
const cart = fc.uniqueArray(fc.oneof({ weight: 5, arbitrary: line }, photoWithoutBib), {
  maxLength: 40,
  selector: (one) => one.lineId,
});

describe('what is always true of a priced cart', () => {
  test('lines are whole cents and sum to the total in 10,000 random carts', () => {
    fc.assert(
      fc.property(cart, prices, (lines, eventPrices) => {
        const priced = priceCart(lines, eventPrices);
        expect(priced.lines.map((one) => one.lineId)).toEqual(lines.map((one) => one.lineId));
        expect(priced.lines.every((one) => Number.isInteger(one.priceCents) && one.priceCents >= 0)).toBe(
          true,
        );
        expect(priced.lines.reduce((sum, one) => sum + one.priceCents, 0)).toBe(priced.totalCents);
      }),
      { numRuns: 10_000, seed: RUNS.seed },
    );
  });

  test('the order of the lines changes no line’s price', () => {
    const shuffled = cart.chain((lines) =>
      fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
    );
    fc.assert(
      fc.property(shuffled, prices, ([lines, others], eventPrices) => {
        expect(byLine(others, eventPrices)).toEqual(byLine(lines, eventPrices));
      }),
      RUNS,
    );
  });

  test('one more line never makes the cart cheaper', () => {
    fc.assert(
      fc.property(cart, fc.oneof(line, photoWithoutBib), prices, (lines, added, eventPrices) => {
        fc.pre(lines.every((one) => one.lineId !== added.lineId));
        const before = priceCart(lines, eventPrices).totalCents;
        expect(priceCart([...lines, added], eventPrices).totalCents).toBeGreaterThanOrEqual(before);
      }),
      RUNS,
    );
  });

  test('one runner’s photos never cost more than all of that runner’s photos', () => {
    fc.assert(
      fc.property(cart, prices, (lines, eventPrices) => {
        const costs = byLine(lines, eventPrices);
        for (const { eventId, allPhotosPriceCents } of eventPrices) {
          for (const bib of ['7', '0042', 'A12']) {
            const ofRunner = lines.filter((one) => one.eventId === eventId && one.bib === bib);
            const cents = ofRunner.reduce((sum, one) => sum + (costs[one.lineId] ?? 0), 0);
            expect(cents).toBeLessThanOrEqual(allPhotosPriceCents);
          }
        }
      }),
      RUNS,
    );
  });
});

describe('how one runner’s price climbs and stops', () => {
  const spring: EventPrices = {
    eventId: 'spring',
    photoPriceCents: 700,
    allPhotosPriceCents: 2_400,
    currency: 'eur',
  };

  test('photos at 7 € stop at 24 €, and the hint counts the photos until then', () => {
    const steps = [1, 2, 3, 4, 14].map((count) => {
      const priced = priceCart(photos(count), [spring]);
      return [priced.totalCents, priced.hints[0]?.photosUntilCap, priced.lines[0]?.reason];
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
    const cents = priceCart(photos(14), [spring]).lines.map((one) => one.priceCents);
    expect(new Set(cents)).toEqual(new Set([171, 172]));
  });

  test('photos beside the runner’s all-photos line are included in it', () => {
    const pack: CartLineToPrice = { lineId: 'pack', eventId: 'spring', kind: 'all-photos', bib: '7' };
    const priced = priceCart([...photos(2), pack], [spring]);
    expect(priced.totalCents).toBe(2_400);
    expect(priced.lines.map((one) => one.reason)).toEqual(['included', 'included', 'all-photos']);
    expect(priced.hints).toEqual([]);
  });

  test('photos found without a bib are never capped together', () => {
    const priced = priceCart(
      photos(5).map((one) => ({ ...one, bib: null })),
      [spring],
    );
    expect(priced.totalCents).toBe(3_500);
  });

  test('two currencies in one cart are refused', () => {
    const other = { ...spring, eventId: 'summer', currency: 'chf' };
    const lines = [...photos(1), { lineId: 'b', eventId: 'summer', kind: 'photo' as const, bib: '7' }];
    expect(() => priceCart(lines, [spring, other])).toThrow('conflict');
  });

  test('an empty cart costs nothing', () => {
    expect(priceCart([], [])).toEqual({ lines: [], totalCents: 0, currency: null, hints: [] });
  });
});

function photos(count: number): CartLineToPrice[] {
  return Array.from({ length: count }, (_, index) => ({
    lineId: `line-${index}`,
    eventId: 'spring',
    kind: 'photo',
    bib: '7',
  }));
}

function byLine(lines: CartLineToPrice[], eventPrices: EventPrices[]): Record<string, number> {
  return Object.fromEntries(priceCart(lines, eventPrices).lines.map((one) => [one.lineId, one.priceCents]));
}
