import type { PromoRefusal } from '../pricing/find-promos.ts';
import type { PhotoSize, Selling } from '../pricing/offer.ts';
import type { PackHint, PricedCart, PriceReason, RunnerHint } from '../pricing/priced-cart.ts';

/** More would make no sense for one buyer, and every list has a bound. */
export const MAX_CART_LINES = 500;

export interface CartLineView {
  lineId: string;
  kind: 'photo' | 'all-photos' | 'whole-event';
  eventId: string;
  photoId: string | null;
  size: PhotoSize;
  bib: string | null;
  thumbnailUrl: string | null;
  widthPx: number | null;
  heightPx: number | null;
  tone: string | null;
  takenAt: Date | null;
  /** Published photos of the runner or the event now; 1 for a single photo. */
  photoCount: number;
  /** What it costs one by one, without any discount. */
  fullCents: number;
  priceCents: number;
  reason: PriceReason;
}

/** One runner's lines in one event. Prices are those that hold now, with the discount that runs. */
export interface CartGroup {
  eventId: string;
  eventSlug: string;
  eventName: string;
  timeZone: string;
  sellerName: string;
  bib: string | null;
  selling: Selling;
  sponsorName: string | null;
  photoPriceCents: number;
  /** Null: the web size is not sold; 0: it is given. */
  webPriceCents: number | null;
  /** Published photos of this runner; 0 when the group has no bib. */
  photosOfRunner: number;
  lines: CartLineView[];
  subtotalCents: number;
  hint: RunnerHint | null;
}

export interface CartView {
  groups: CartGroup[];
  /** When more photos make a pack or tier cheaper. */
  packHints: PackHint[];
  pools: PricedCart['pools'];
  discounts: PricedCart['discounts'];
  promo: CartPromo | null;
  /** Photos, all-photos and whole-event lines together. */
  lineCount: number;
  totalCents: number;
  /** Null for an empty cart. */
  currency: string | null;
  /** Lines that were taken out because their photo or event is no longer on sale. */
  goneLines: number;
}

/** The promo code that the buyer gave. */
export interface CartPromo {
  code: string;
  promoCodeId: string | null;
  offCents: number;
  /** So much more, and the code holds. */
  missingCents: number;
  /** Why it takes nothing off; null while it holds or only its minimum is missing. */
  refusal: PromoRefusal | null;
}

/** What a page header and the buttons beside photos need to know. */
export interface CartSummary {
  /** Single photos and all-photos lines together. */
  photoCount: number;
  totalCents: number;
  currency: string | null;
  photoIds: string[];
  /** Runners whose photos are all in the cart. */
  packs: { eventId: string; bib: string }[];
  /** Events that are in the cart as a whole. */
  wholeEvents: string[];
  /** Those in the cart, with originals still to add until all of a runner's cost no more; null when that is far. */
  runners: { eventId: string; bib: string; priceCents: number; photosUntilCap: number | null }[];
}

export const EMPTY_CART: CartView = {
  groups: [],
  packHints: [],
  pools: [],
  discounts: [],
  promo: null,
  lineCount: 0,
  totalCents: 0,
  currency: null,
  goneLines: 0,
};
