import type { Promo } from './offer.ts';
import type { CartLineToPrice, PricedCart, PricedLine } from './priced-cart.ts';
import { moneyStep, shareCents } from './share-cents.ts';

/** Takes a promo code off the lines of its events, in proportion to what they cost, never below 0. */
export function takeOffPromo(
  priced: PricedLine[],
  { lines, promo, currency }: { lines: CartLineToPrice[]; promo: Promo; currency: string },
): { lines: PricedLine[]; promo: PricedCart['promos'][number] } {
  const { promoCodeId, code } = promo;
  const eventOf = new Map(lines.map((line) => [line.lineId, line.eventId]));
  const held = priced.filter(({ lineId }) => promo.eventIds.includes(eventOf.get(lineId) ?? ''));
  const total = held.reduce((sum, line) => sum + line.priceCents, 0);
  const missingCents = Math.max(0, promo.minTotalCents - total);
  const offCents = missingCents > 0 ? 0 : offOf(promo, total, currency);
  const shares = shareCents(
    total - offCents,
    held.map((line) => line.priceCents),
    moneyStep(currency),
  );
  const centsOf = new Map(held.map((line, place) => [line.lineId, shares[place] ?? 0]));
  return {
    lines: priced.map((line) => ({ ...line, priceCents: centsOf.get(line.lineId) ?? line.priceCents })),
    promo: { promoCodeId, code, offCents, missingCents },
  };
}

/** Rounded down, so that a total never falls below what was promised to the seller. An amount of another currency is none. */
function offOf({ off }: Promo, total: number, currency: string): number {
  if (off.kind === 'amount') return off.currency === currency ? Math.min(off.cents, total) : 0;
  const step = moneyStep(currency);
  return Math.floor((total * off.percent) / 100 / step) * step;
}
