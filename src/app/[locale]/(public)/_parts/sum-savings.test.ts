import { expect, test } from 'vitest';
import { type CartGroup, type CartLineView, type CartView, EMPTY_CART } from '#domain/orders/cart.ts';
import type { PriceReason } from '#domain/pricing/priced-cart.ts';
import { sumSavings } from './sum-savings.ts';

function cartOf(
  lines: [fullCents: number, priceCents: number, reason: PriceReason][],
  rest: Partial<CartView> = {},
) {
  const group = { lines: lines.map(toLine) } satisfies Pick<CartGroup, 'lines'>;
  const totalCents = lines.reduce((sum, [, priceCents]) => sum + priceCents, 0);
  // Only the lines of a group are read.
  return { ...EMPTY_CART, groups: [group as CartGroup], totalCents, ...rest };
}

function toLine([fullCents, priceCents, reason]: [number, number, PriceReason]): CartLineView {
  return {
    lineId: reason,
    kind: 'photo',
    eventId: 'trail',
    photoId: null,
    size: 'original',
    bib: null,
    thumbnailUrl: null,
    widthPx: null,
    heightPx: null,
    tone: null,
    takenAt: null,
    photoCount: 1,
    fullCents,
    priceCents,
    reason,
  };
}

const endsAt = new Date('2026-06-21T06:00:00Z');

test('each reason has its own part, and together they are what the cart saves', () => {
  const cart = cartOf(
    [
      [900, 480, 'pack'],
      [900, 480, 'pack'],
      [900, 480, 'pack'],
    ],
    {
      discounts: [{ eventId: 'trail', percent: 20, endsAt, offCents: 400 }],
      promo: { code: 'CLUB10', promoCodeId: 'c', offCents: 160, missingCents: 0, refusal: null },
    },
  );
  const savings = sumSavings(cart);
  expect(savings.map(({ reason, offCents }) => [reason, offCents])).toEqual([
    ['pack', 700],
    ['discount', 400],
    ['promo', 160],
  ]);
  expect(savings.reduce((sum, { offCents }) => sum + offCents, 0)).toBe(2_700 - cart.totalCents);
});

test('several reasons at once are told as one, and what another line covers saves nothing', () => {
  const cart = cartOf([
    [900, 700, 'pack'],
    [900, 600, 'capped'],
    [900, 0, 'included'],
    [900, 900, 'single'],
  ]);
  expect(sumSavings(cart).map(({ reason, offCents }) => [reason, offCents])).toEqual([['grouped', 500]]);
});

test('a cart at full prices, and a code that takes nothing off, say nothing', () => {
  const promo = { code: 'OVER', promoCodeId: null, offCents: 0, missingCents: 0, refusal: 'over' as const };
  expect(sumSavings(cartOf([[900, 900, 'single']], { promo }))).toEqual([]);
});
