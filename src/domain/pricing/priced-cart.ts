import type { PhotoSize } from './offer.ts';

export interface CartLineToPrice {
  lineId: string;
  eventId: string;
  kind: 'photo' | 'all-photos' | 'whole-event';
  /** All photos of a runner or an event are originals. */
  size: PhotoSize;
  /** The runner: of an all-photos line, or the one under whose bib a photo was found. Null: found without a bib. */
  bib: string | null;
}

/**
 * Why a line costs what it does.
 * `single`: the photo's own price. `discounted`: that, less the discount that runs.
 * `tier`, `pack`: an equal part of what the event's photos of this size cost together.
 * `capped`: a part of the all-photos price, which this runner's photos reached.
 * `all-photos`, `pre-sale`: the price of that line.
 * `whole-event`: the price of that line, or a part of it, which the event's lines reached.
 * `included`: nothing, another line covers it. `free`, `sponsored`: nothing, the event gives it.
 */
export type PriceReason =
  | 'single'
  | 'discounted'
  | 'tier'
  | 'pack'
  | 'capped'
  | 'all-photos'
  | 'pre-sale'
  | 'whole-event'
  | 'included'
  | 'free'
  | 'sponsored';

export interface PricedLine {
  lineId: string;
  /** What it costs one by one, without any discount. */
  fullCents: number;
  priceCents: number;
  reason: PriceReason;
}

/** What a buyer may want to know about one runner's photos in the cart. */
export interface RunnerHint {
  eventId: string;
  bib: string;
  photos: number;
  /** What the photos cost one by one, at the prices that hold now. */
  fullCents: number;
  allPhotosPriceCents: number;
  /** Originals still to add until all photos cost no more; 0 when the price stopped climbing, null when it is far. */
  photosUntilCap: number | null;
}

/** So many more photos of a size, and together they cost less than one by one. */
export interface PackHint {
  eventId: string;
  size: PhotoSize;
  /** Photos of that size with those to be added. */
  photos: number;
  morePhotos: number;
  /** What the others add to the price: 0 when they come free. */
  moreCents: number;
  /** What all these photos cost together then. */
  priceCents: number;
}

/** The photos of one event and size that are paid together, as the addition explains them. */
export interface Pool {
  eventId: string;
  size: PhotoSize;
  photos: number;
  priceCents: number;
  /** What the rest costs each. */
  unitCents: number;
  packs: { photos: number; priceCents: number; times: number }[];
}

export interface PricedCart {
  lines: PricedLine[];
  totalCents: number;
  /** Null for an empty cart. */
  currency: string | null;
  hints: RunnerHint[];
  packHints: PackHint[];
  pools: Pool[];
  /** What running discounts take off, by event; prices of lines have it off already. */
  discounts: { eventId: string; percent: number; endsAt: Date; offCents: number }[];
  /** What promo codes take off, which lines have off already; `missingCents` more, and the code holds. */
  promos: { promoCodeId: string; code: string; offCents: number; missingCents: number }[];
}
