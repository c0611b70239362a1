/** `web`: long side of 1,600 px, enough for a screen. `original`: the file as the camera made it. */
export type PhotoSize = 'web' | 'original';

/** `off`: nothing is sold or given. `free`: everything is given. `sponsored`: the web size is given, the original sold. */
export type Selling = 'off' | 'free' | 'sponsored' | 'paid';

/** All that decides what an event's photos cost. Amounts are integer minor units of `currency`. */
export interface Offer {
  eventId: string;
  currency: string;
  selling: Selling;
  /** One photo. `web` null: the web size is not sold. */
  photoCents: { web: number | null; original: number };
  /** Originals of one runner, those that come later too. */
  allPhotosCents: number;
  /** The same, bought before `startsAt`; null: no pre-sale. */
  preSaleCents: number | null;
  /** Originals of everybody, for the organiser; null: not sold. */
  wholeEventCents: number | null;
  /** So many photos of one size for one price. */
  packs: { size: PhotoSize; photos: number; priceCents: number }[];
  /** From so many photos of one size, each costs this. */
  tiers: { size: PhotoSize; fromPhotos: number; unitCents: number }[];
  /** Percent off everything of the event from `startsAt` until before `endsAt`; the largest one that runs counts. */
  discounts: { percent: number; startsAt: Date; endsAt: Date }[];
  /** The race's start: a pre-sale ends there. */
  startsAt: Date;
  sponsorName: string | null;
}

/** A promo code that was found valid for a buyer and an instant; what it takes off is spread over the lines it holds for. */
export interface Promo {
  promoCodeId: string;
  code: string;
  /** The events of the cart that it holds for. */
  eventIds: string[];
  off: { kind: 'percent'; percent: number } | { kind: 'amount'; cents: number; currency: string };
  minTotalCents: number;
}

/** Who has which part of a line's price, frozen at checkout, in ten thousandths. What is left is the seller's. */
export interface ShareTerms {
  /** Null: the platform itself sells, as it does credits. */
  sellerId: string | null;
  platformBps: number;
  organiserId: string | null;
  organiserBps: number;
  charityName: string | null;
  charityBps: number;
}
