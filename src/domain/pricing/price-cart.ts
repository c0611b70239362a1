import { DomainError } from '#platform/errors.ts';
import { currentPrices } from './current-prices.ts';
import type { Offer, Promo } from './offer.ts';
import { type PricedEvent, priceEvent } from './price-event.ts';
import { packHints, runnerHints } from './price-hints.ts';
import type { CartLineToPrice, PricedCart, PricedLine } from './priced-cart.ts';
import { takeOffPromo } from './take-off-promo.ts';

/**
 * Prices a cart, the same whatever the order of its lines. Each event costs the least that its offer allows: packs and tiers
 * over all photos of a size, never more for one runner than all of the runner's photos, never more than the whole event.
 * Then promo codes, one after the other. Lines come as they were given and sum to the total. Throws DomainError 'conflict'
 * when currencies mix, and 'not-found' for what is not sold.
 */
export function priceCart(
  lines: CartLineToPrice[],
  offers: Offer[],
  { now, promos }: { now: Date; promos: Promo[] },
): PricedCart {
  const sold = lines.map((line) => ({ line, offer: offerFor(line, offers) }));
  const currency = oneCurrency(sold.map(({ offer }) => offer.currency));
  const events = [...new Set(sold.map(({ offer }) => offer))].map((offer) => {
    const ofEvent = sold.filter((one) => one.offer === offer).map(({ line }) => line);
    return priceAt(ofEvent, offer, now);
  });
  const sorted = lines.toSorted(byLineId);
  let priced = inOrderOf(
    sorted,
    events.flatMap(({ event }) => event.lines),
  );
  const taken: PricedCart['promos'] = [];
  for (const promo of currency === null ? [] : promos) {
    const after = takeOffPromo(priced, { lines: sorted, promo, currency: currency ?? '' });
    priced = after.lines;
    taken.push(after.promo);
  }
  return {
    lines: inOrderOf(lines, priced),
    totalCents: sumOf(priced),
    currency,
    hints: events.flatMap(({ event }) => runnerHints(event)),
    packHints: events.flatMap(({ event }) => packHints(event)),
    pools: events.flatMap(({ event }) => event.pools),
    discounts: events.flatMap(({ discount }) => discount ?? []),
    promos: taken,
  };
}

type PricedAtInstant = { event: PricedEvent; discount: PricedCart['discounts'][number] | null };

/** With a discount the event is priced twice: what it takes off is the difference. */
function priceAt(lines: CartLineToPrice[], offer: Offer, now: Date): PricedAtInstant {
  const sorted = lines.toSorted(byLineId);
  const prices = currentPrices(offer, now);
  const event = priceEvent(sorted, offer, prices);
  if (!prices.discount) return { event, discount: null };
  const { percent, endsAt } = prices.discount;
  const without = priceEvent(sorted, offer, currentPrices({ ...offer, discounts: [] }, now));
  const offCents = sumOf(without.lines) - sumOf(event.lines);
  return { event, discount: { eventId: offer.eventId, percent, endsAt, offCents } };
}

function offerFor({ eventId, kind, size }: CartLineToPrice, offers: Offer[]): Offer {
  const offer = offers.find((one) => one.eventId === eventId);
  if (!offer) throw new DomainError('not-found', { public: { key: 'orders.eventGone' } });
  if (!isSold(offer, { kind, size })) {
    throw new DomainError('not-found', { public: { key: 'orders.notOnSale' } });
  }
  return offer;
}

/** Whether an offer has such a line at all. What is given counts as sold, at 0. */
export function isSold(offer: Offer, { kind, size }: Pick<CartLineToPrice, 'kind' | 'size'>): boolean {
  if (offer.selling === 'off') return false;
  if (kind === 'whole-event') return offer.selling !== 'free' && offer.wholeEventCents !== null;
  if (kind === 'all-photos') return size === 'original';
  return size === 'original' || offer.selling !== 'paid' || offer.photoCents.web !== null;
}

function oneCurrency(currencies: string[]): string | null {
  const distinct = new Set(currencies);
  if (distinct.size > 1) throw new DomainError('conflict', { public: { key: 'orders.otherCurrency' } });
  return currencies[0] ?? null;
}

function inOrderOf(lines: CartLineToPrice[], priced: PricedLine[]): PricedLine[] {
  const byId = new Map(priced.map((line) => [line.lineId, line]));
  return lines.flatMap((line) => byId.get(line.lineId) ?? []);
}

function sumOf(lines: PricedLine[]): number {
  return lines.reduce((sum, line) => sum + line.priceCents, 0);
}

function byLineId(one: CartLineToPrice, other: CartLineToPrice): number {
  return one.lineId < other.lineId ? -1 : 1;
}
