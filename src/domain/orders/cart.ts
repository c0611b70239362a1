import type { PackHint, PriceReason } from '#domain/pricing/price-cart.ts';

/** More would make no sense for one buyer, and every list has a bound. */
export const MAX_CART_LINES = 500;

export interface CartLineView {
  lineId: string;
  kind: 'photo' | 'all-photos';
  eventId: string;
  photoId: string | null;
  bib: string | null;
  thumbnailUrl: string | null;
  widthPx: number | null;
  heightPx: number | null;
  tone: string | null;
  takenAt: Date | null;
  /** Published photos of the runner now; 1 for a single photo. */
  photoCount: number;
  priceCents: number;
  reason: PriceReason;
}

/** One runner's lines in one event. */
export interface CartGroup {
  eventId: string;
  eventSlug: string;
  eventName: string;
  timeZone: string;
  bib: string | null;
  photoPriceCents: number;
  /** Published photos of this runner; 0 when the group has no bib. */
  photosOfRunner: number;
  lines: CartLineView[];
  subtotalCents: number;
  hint: PackHint | null;
}

export interface CartView {
  groups: CartGroup[];
  /** Single photos and all-photos lines together. */
  lineCount: number;
  totalCents: number;
  /** Null for an empty cart. */
  currency: string | null;
  /** Lines that were taken out because their photo or event is no longer on sale. */
  goneLines: number;
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
}

export const EMPTY_CART: CartView = { groups: [], lineCount: 0, totalCents: 0, currency: null, goneLines: 0 };
