import { currentPrices, fullPrices } from '#domain/pricing/current-prices.ts';
import type { Offer, PhotoSize, Selling } from '#domain/pricing/offer.ts';
import { priceCart } from '#domain/pricing/price-cart.ts';

/** A price of now, and the one before a discount where it differs. */
export interface SalePrice {
  cents: number;
  fullCents: number;
}

/** What a visitor can have of an event at an instant. Plain data: it crosses to the browser. */
export interface Sale {
  eventId: string;
  currency: string;
  selling: Selling;
  sponsorName: string | null;
  /** What one photo can be had as; the first is proposed. None where nothing is sold or given. */
  sizes: ({ size: PhotoSize } & SalePrice)[];
  allPhotos: SalePrice;
  /** True while all photos cost the pre-sale's price. */
  preSale: boolean;
  packs: Offer['packs'];
  tiers: Offer['tiers'];
  wholeEvent: SalePrice | null;
  discount: { percent: number; endsAt: Date } | null;
}

export function saleOf(offer: Offer, now: Date): Sale {
  const [prices, full] = [currentPrices(offer, now), fullPrices(offer)];
  const { selling, currency, eventId, sponsorName } = offer;
  const single = (size: PhotoSize) => {
    const cents = prices.photoCents[size];
    return cents === null ? [] : [{ size, cents, fullCents: full.photoCents[size] ?? cents }];
  };
  const original = single('original');
  const sizes = {
    off: [],
    free: original,
    sponsored: [...single('web'), ...original],
    paid: [...original, ...single('web')],
  }[selling];
  const sold = new Set(sizes.filter(({ cents }) => cents > 0).map(({ size }) => size));
  return {
    ...{ eventId, currency, selling, sponsorName, sizes },
    allPhotos: { cents: prices.allPhotosCents, fullCents: full.allPhotosCents },
    preSale: prices.preSale && selling !== 'off',
    packs: prices.packs.filter(({ size }) => sold.has(size)),
    tiers: prices.tiers.filter(({ size }) => sold.has(size)),
    wholeEvent:
      selling === 'off' || prices.wholeEventCents === null
        ? null
        : { cents: prices.wholeEventCents, fullCents: full.wholeEventCents ?? prices.wholeEventCents },
    discount: selling === 'free' || selling === 'off' ? null : prices.discount,
  };
}

/** Whether there is more to tell than the price of one photo and that of all. */
export function hasMorePrices(sale: Sale): boolean {
  const { packs, tiers, discount, sizes, preSale } = sale;
  return packs.length + tiers.length > 0 || discount !== null || sizes.length > 1 || preSale;
}

/** What 1, 2, … photos of a size cost one runner together, by the very rules of the cart. */
export function climbPrices(
  offer: Offer,
  { size, photos, now }: { size: PhotoSize; photos: number; now: Date },
): number[] {
  const lines = Array.from({ length: photos }, (_, index) => ({
    lineId: String(index).padStart(4, '0'),
    eventId: offer.eventId,
    kind: 'photo' as const,
    size,
    bib: '1',
  }));
  return lines.map(
    (_, index) => priceCart(lines.slice(0, index + 1), [offer], { now, promos: [] }).totalCents,
  );
}
