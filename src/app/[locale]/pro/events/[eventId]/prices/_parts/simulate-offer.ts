import type { Offer, PhotoSize } from '#domain/pricing/offer.ts';
import { priceCart } from '#domain/pricing/price-cart.ts';
import type { Pool, PriceReason } from '#domain/pricing/priced-cart.ts';

/** What so many photos of one size cost one runner, and why. */
export interface SimulatedRow {
  size: PhotoSize;
  photos: number;
  fullCents: number;
  priceCents: number;
  reason: PriceReason;
  packs: Pool['packs'];
  /** What each photo outside of packs costs. */
  unitCents: number;
}

/** Prices change by the clock: those of now, of each discount to come, and of after the start while a pre-sale runs. */
export interface SimulatedMoment {
  kind: 'now' | 'discount' | 'after-start';
  /** The discount that runs then; 0 for none. */
  percent: number;
  rows: SimulatedRow[];
}

/** A price that no runner would ever meet, because the others are lower. */
export interface UselessPrice {
  kind: 'pack' | 'tier';
  size: PhotoSize;
  photos: number;
  priceCents: number;
  /** What so many photos cost without it. */
  withoutCents: number;
}

export interface Simulation {
  selling: Offer['selling'];
  currency: string;
  sponsorName: string | null;
  moments: SimulatedMoment[];
  useless: UselessPrice[];
  /** Set when the pre-sale is no cheaper than the price it comes before. */
  uselessPreSale: { preSaleCents: number; allPhotosCents: number } | null;
}

const MOST_PHOTOS = 24;
const MOST_DISCOUNTS = 5;

/** Prices a draft for one runner by the very rules of the cart, for 1 to 24 photos of each size that can be had. */
export function simulateOffer(offer: Offer, now: Date): Simulation {
  const { selling, currency, sponsorName, preSaleCents, allPhotosCents } = offer;
  const closed = selling === 'off';
  return {
    selling,
    currency,
    sponsorName,
    moments: closed ? [] : momentsOf(offer, now),
    useless: closed || selling === 'free' ? [] : findUseless(offer),
    uselessPreSale:
      preSaleCents !== null && preSaleCents >= allPhotosCents ? { preSaleCents, allPhotosCents } : null,
  };
}

function momentsOf(offer: Offer, now: Date): SimulatedMoment[] {
  // Nothing takes anything off what is given.
  if (offer.selling === 'free') return [momentAt({ ...offer, discounts: [] }, now, 'now')];
  const coming = offer.discounts.filter(({ startsAt }) => startsAt > now).slice(0, MOST_DISCOUNTS);
  const preSaleRuns = offer.preSaleCents !== null && now < offer.startsAt;
  return [
    momentAt(offer, now, 'now'),
    ...(preSaleRuns ? [momentAt(offer, offer.startsAt, 'after-start')] : []),
    ...coming.map(({ startsAt }) => momentAt(offer, startsAt, 'discount')),
  ];
}

function momentAt(offer: Offer, instant: Date, kind: SimulatedMoment['kind']): SimulatedMoment {
  const running = offer.discounts.filter(({ startsAt, endsAt }) => startsAt <= instant && instant < endsAt);
  return {
    kind,
    percent: Math.max(0, ...running.map(({ percent }) => percent)),
    rows: sizesOf(offer).flatMap((size) =>
      Array.from({ length: MOST_PHOTOS }, (_, index) =>
        priceRunner(offer, { size, photos: index + 1, instant }),
      ),
    ),
  };
}

function sizesOf({ selling, photoCents }: Offer): PhotoSize[] {
  return selling === 'sponsored' || (selling === 'paid' && photoCents.web !== null)
    ? ['original', 'web']
    : ['original'];
}

function priceRunner(
  offer: Offer,
  { size, photos, instant }: { size: PhotoSize; photos: number; instant: Date },
): SimulatedRow {
  const lines = Array.from({ length: photos }, (_, index) => ({
    lineId: String(index).padStart(4, '0'),
    eventId: offer.eventId,
    kind: 'photo' as const,
    size,
    bib: '1',
  }));
  const priced = priceCart(lines, [offer], { now: instant, promos: [] });
  const [pool] = priced.pools;
  return {
    size,
    photos,
    fullCents: priced.lines.reduce((sum, line) => sum + line.fullCents, 0),
    priceCents: priced.totalCents,
    reason: priced.lines[0]?.reason ?? 'single',
    packs: pool?.packs ?? [],
    unitCents: pool?.unitCents ?? 0,
  };
}

/** Before any discount and pre-sale: both lower all prices alike, or those of all photos alone. */
function findUseless(offer: Offer): UselessPrice[] {
  const plain = { ...offer, discounts: [], preSaleCents: null };
  const priceOf = (tried: Offer, size: PhotoSize, photos: number) =>
    priceRunner(tried, { size, photos, instant: offer.startsAt }).priceCents;
  const packs = offer.packs.flatMap((pack): UselessPrice[] => {
    const without = { ...plain, packs: plain.packs.filter((other) => other !== pack) };
    const withoutCents = priceOf(without, pack.size, pack.photos);
    const { size, photos, priceCents } = pack;
    return priceOf(plain, size, photos) < withoutCents
      ? []
      : [{ kind: 'pack', size, photos, priceCents, withoutCents }];
  });
  const tiers = offer.tiers.flatMap((tier): UselessPrice[] => {
    const without = { ...plain, tiers: plain.tiers.filter((other) => other !== tier) };
    const { size, fromPhotos: photos, unitCents: priceCents } = tier;
    const withoutCents = priceOf(without, size, photos);
    return priceOf(plain, size, photos) < withoutCents
      ? []
      : [{ kind: 'tier', size, photos, priceCents, withoutCents }];
  });
  return [...packs, ...tiers].filter(({ size }) => offer.selling !== 'sponsored' || size === 'original');
}
