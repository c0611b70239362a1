import { DomainError } from '#platform/errors.ts';

export interface CartLineToPrice {
  lineId: string;
  eventId: string;
  kind: 'photo' | 'all-photos';
  /** The runner: of an all-photos line, or the one under whose bib a photo was found. Null: found without a bib. */
  bib: string | null;
}

export interface EventPrices {
  eventId: string;
  photoPriceCents: number;
  allPhotosPriceCents: number;
  currency: string;
}

/**
 * `single`: the photo's own price. `capped`: its share of the all-photos price, which this runner's photos reached.
 * `included`: nothing, the runner's all-photos line covers it. `all-photos`: the price of that line.
 */
export type PriceReason = 'single' | 'capped' | 'included' | 'all-photos';

export interface PricedLine {
  lineId: string;
  priceCents: number;
  reason: PriceReason;
}

/** What a buyer may want to know about one runner's photos in the cart. */
export interface PackHint {
  eventId: string;
  bib: string;
  photos: number;
  /** What the photos cost one by one. */
  fullCents: number;
  priceCents: number;
  allPhotosPriceCents: number;
  /** Paid photos still to add until the price stops climbing; 0 when it already has. */
  photosUntilCap: number;
}

export interface PricedCart {
  lines: PricedLine[];
  totalCents: number;
  /** Null for an empty cart. */
  currency: string | null;
  hints: PackHint[];
}

/**
 * Prices a cart, the same whatever the order of its lines. For one runner of one event the photos bought one by one
 * never cost more than all of that runner's photos. Throws DomainError 'conflict' when currencies mix.
 */
export function priceCart(lines: CartLineToPrice[], prices: EventPrices[]): PricedCart {
  const pricesOf = new Map(prices.map((price) => [price.eventId, price]));
  const priced = new Map<string, PricedLine>();
  const hints: PackHint[] = [];
  for (const group of groupByRunner(lines)) {
    const eventPrices = findPrices(pricesOf, group.eventId);
    for (const line of priceGroup(group, eventPrices)) priced.set(line.lineId, line);
    const hint = hintFor(group, eventPrices);
    if (hint) hints.push(hint);
  }
  const inOrder = lines.flatMap((line) => priced.get(line.lineId) ?? []);
  return {
    lines: inOrder,
    totalCents: inOrder.reduce((sum, line) => sum + line.priceCents, 0),
    currency: oneCurrency(lines.map((line) => findPrices(pricesOf, line.eventId).currency)),
    hints,
  };
}

interface RunnerGroup {
  eventId: string;
  bib: string | null;
  photoLines: string[];
  packLines: string[];
}

function groupByRunner(lines: CartLineToPrice[]): RunnerGroup[] {
  const groups = new Map<string, RunnerGroup>();
  for (const { lineId, eventId, kind, bib } of lines) {
    const key = JSON.stringify([eventId, bib]);
    const group = groups.get(key) ?? { eventId, bib, photoLines: [], packLines: [] };
    (kind === 'photo' ? group.photoLines : group.packLines).push(lineId);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function priceGroup({ bib, photoLines, packLines }: RunnerGroup, prices: EventPrices): PricedLine[] {
  const packs = packLines.toSorted().map((lineId, position): PricedLine => {
    if (position > 0) return { lineId, priceCents: 0, reason: 'included' };
    return { lineId, priceCents: prices.allPhotosPriceCents, reason: 'all-photos' };
  });
  if (packs.length > 0) {
    return [
      ...packs,
      ...photoLines.map((lineId) => ({ lineId, priceCents: 0, reason: 'included' as const })),
    ];
  }
  const full = photoLines.length * prices.photoPriceCents;
  if (bib === null || full <= prices.allPhotosPriceCents) {
    return photoLines.map((lineId) => ({ lineId, priceCents: prices.photoPriceCents, reason: 'single' }));
  }
  return shareEqually(photoLines, prices.allPhotosPriceCents);
}

/** Equal parts in whole cents; the cents that are left go to the first lines by id, so that order does not matter. */
function shareEqually(lineIds: string[], cents: number): PricedLine[] {
  const share = Math.floor(cents / lineIds.length);
  const left = cents - share * lineIds.length;
  return lineIds.toSorted().map((lineId, position) => ({
    lineId,
    priceCents: share + (position < left ? 1 : 0),
    reason: 'capped',
  }));
}

function hintFor(group: RunnerGroup, prices: EventPrices): PackHint | null {
  if (group.bib === null || group.packLines.length > 0 || prices.photoPriceCents === 0) return null;
  const photos = group.photoLines.length;
  const fullCents = photos * prices.photoPriceCents;
  const photosAtCap = Math.ceil(prices.allPhotosPriceCents / prices.photoPriceCents);
  return {
    eventId: group.eventId,
    bib: group.bib,
    photos,
    fullCents,
    priceCents: Math.min(fullCents, prices.allPhotosPriceCents),
    allPhotosPriceCents: prices.allPhotosPriceCents,
    photosUntilCap: Math.max(0, photosAtCap - photos),
  };
}

function findPrices(pricesOf: Map<string, EventPrices>, eventId: string): EventPrices {
  const prices = pricesOf.get(eventId);
  if (!prices) throw new DomainError('not-found', { public: { key: 'orders.eventGone' } });
  return prices;
}

function oneCurrency(currencies: string[]): string | null {
  const distinct = new Set(currencies);
  if (distinct.size > 1) throw new DomainError('conflict', { public: { key: 'orders.otherCurrency' } });
  return currencies[0] ?? null;
}
