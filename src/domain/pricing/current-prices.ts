import type { Offer } from './offer.ts';
import { moneyStep } from './share-cents.ts';

/** What an event's photos cost at an instant: given sizes cost 0, and the discount that runs is off every price. */
export interface CurrentPrices {
  /** `web` null: not sold. */
  photoCents: Offer['photoCents'];
  allPhotosCents: number;
  /** All photos cost the pre-sale's price now. */
  preSale: boolean;
  wholeEventCents: number | null;
  packs: Offer['packs'];
  tiers: Offer['tiers'];
  /** The largest one that runs. */
  discount: Offer['discounts'][number] | null;
}

/** Amounts are minor units of the offer's currency. */
export function currentPrices(offer: Offer, now: Date): CurrentPrices {
  const discount = runningDiscount(offer, now);
  const step = moneyStep(offer.currency);
  const off = (cents: number) =>
    discount ? Math.round((cents * (100 - discount.percent)) / 100 / step) * step : cents;
  const { photoCents, allPhotosCents, wholeEventCents } = fullPrices(offer);
  const preSale = offer.selling !== 'free' && offer.preSaleCents !== null && now < offer.startsAt;
  const ofRunner = preSale ? Math.min(offer.preSaleCents ?? 0, allPhotosCents) : allPhotosCents;
  return {
    photoCents: {
      web: photoCents.web === null ? null : off(photoCents.web),
      original: off(photoCents.original),
    },
    allPhotosCents: off(ofRunner),
    preSale,
    wholeEventCents: wholeEventCents === null ? null : off(wholeEventCents),
    packs: offer.packs.map((pack) => ({ ...pack, priceCents: off(pack.priceCents) })),
    tiers: offer.tiers.map((tier) => ({ ...tier, unitCents: off(tier.unitCents) })),
    discount,
  };
}

/** Prices one by one and without any discount; what is given costs 0. */
export function fullPrices(offer: Offer): Pick<Offer, 'photoCents' | 'allPhotosCents' | 'wholeEventCents'> {
  if (offer.selling === 'free') {
    return { photoCents: { web: 0, original: 0 }, allPhotosCents: 0, wholeEventCents: null };
  }
  const web = offer.selling === 'sponsored' ? 0 : offer.photoCents.web;
  const { allPhotosCents, wholeEventCents } = offer;
  return { photoCents: { web, original: offer.photoCents.original }, allPhotosCents, wholeEventCents };
}

function runningDiscount({ discounts }: Offer, now: Date): CurrentPrices['discount'] {
  const running = discounts.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
  return running.toSorted((one, other) => other.percent - one.percent)[0] ?? null;
}
