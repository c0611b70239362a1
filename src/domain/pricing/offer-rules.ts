import { z } from 'zod';
import { PRICE_MAX_CENTS, PRICE_MIN_CENTS } from '../events/event.ts';
import type { PhotoSize } from './offer.ts';

/** A pack, or all photos of everybody, may cost more than one photo ever does. */
export const TOTAL_MAX_CENTS = 1_000_000;
const MOST_PHOTOS = 200;
const MOST_PACKS = 10;
const MOST_DISCOUNTS = 20;

const price = z
  .number({ error: 'events.priceBounds' })
  .int('events.priceBounds')
  .min(PRICE_MIN_CENTS, 'events.priceBounds')
  .max(PRICE_MAX_CENTS, 'events.priceBounds');
const total = z
  .number({ error: 'pricing.totalBounds' })
  .int('pricing.totalBounds')
  .min(PRICE_MIN_CENTS, 'pricing.totalBounds')
  .max(TOTAL_MAX_CENTS, 'pricing.totalBounds');
const size = z.enum(['web', 'original']);
const count = z
  .number({ error: 'pricing.countBounds' })
  .int('pricing.countBounds')
  .min(2, 'pricing.countBounds')
  .max(MOST_PHOTOS, 'pricing.countBounds');
const percent = z
  .number({ error: 'pricing.percentBounds' })
  .int('pricing.percentBounds')
  .min(1, 'pricing.percentBounds')
  .max(100, 'pricing.percentBounds');

/** An offer as a pro writes it; a refusal names each field with a key of errors.json. */
export const offerSchema = z
  .object({
    selling: z.enum(['off', 'free', 'sponsored', 'paid']),
    sponsorName: z.string().trim().max(80, 'events.nameTooLong').nullable(),
    photoCents: z.object({ web: price.nullable(), original: price }),
    allPhotosCents: price,
    preSaleCents: price.nullable(),
    wholeEventCents: total.nullable(),
    packs: z
      .array(z.object({ size, photos: count, priceCents: total }))
      .max(MOST_PACKS, 'pricing.tooManyPacks'),
    tiers: z
      .array(z.object({ size, fromPhotos: count, unitCents: price }))
      .max(MOST_PACKS, 'pricing.tooManyPacks'),
    discounts: z
      .array(
        z.object({
          percent,
          startsAt: z.date({ error: 'events.dateRequired' }),
          endsAt: z.date({ error: 'events.dateRequired' }),
        }),
      )
      .max(MOST_DISCOUNTS, 'pricing.tooManyDiscounts'),
  })
  .superRefine((offer, check) => {
    for (const { path, message } of [...findBaseFaults(offer), ...findPackFaults(offer)]) {
      check.addIssue({ code: 'custom', path, message });
    }
  });

export type OfferInput = z.infer<typeof offerSchema>;

interface Fault {
  path: (string | number)[];
  message: string;
}

function findBaseFaults(offer: OfferInput): Fault[] {
  const { photoCents, allPhotosCents, preSaleCents, wholeEventCents } = offer;
  const faults: (Fault | false)[] = [
    offer.selling === 'sponsored' &&
      !offer.sponsorName && { path: ['sponsorName'], message: 'pricing.sponsorRequired' },
    allPhotosCents < photoCents.original && {
      path: ['allPhotosCents'],
      message: 'events.allPhotosPriceTooLow',
    },
    photoCents.web !== null &&
      photoCents.web > photoCents.original && { path: ['photoCents', 'web'], message: 'pricing.webDearer' },
    preSaleCents !== null &&
      preSaleCents > allPhotosCents && { path: ['preSaleCents'], message: 'pricing.preSaleDearer' },
    wholeEventCents !== null &&
      wholeEventCents < allPhotosCents && {
        path: ['wholeEventCents'],
        message: 'pricing.wholeEventTooLow',
      },
    ...offer.discounts.map(
      ({ startsAt, endsAt }, index) =>
        startsAt >= endsAt && { path: ['discounts', index, 'endsAt'], message: 'pricing.discountOrder' },
    ),
  ];
  return faults.filter((fault) => fault !== false);
}

/** What is dearer than one by one would only mislead: no cart would ever take it. */
function findPackFaults(offer: OfferInput): Fault[] {
  const single = (which: PhotoSize) => offer.photoCents[which];
  const packs = offer.packs.map((pack) => ({
    ...pack,
    name: `pack ${pack.size} ${pack.photos}`,
    dearer: pack.priceCents >= pack.photos * (single(pack.size) ?? Number.POSITIVE_INFINITY),
    field: 'priceCents',
    list: 'packs',
  }));
  const tiers = offer.tiers.map((tier) => ({
    ...tier,
    name: `tier ${tier.size} ${tier.fromPhotos}`,
    dearer: tier.unitCents >= (single(tier.size) ?? Number.POSITIVE_INFINITY),
    field: 'unitCents',
    list: 'tiers',
  }));
  return [packs, tiers].flatMap((rows) => {
    const seen = new Set<string>();
    return rows.flatMap((row, index): Fault[] => {
      const twice = seen.has(row.name);
      seen.add(row.name);
      const unsold = offer.selling === 'paid' && single(row.size) === null;
      if (unsold) return [{ path: [row.list, index, 'size'], message: 'pricing.webNotSold' }];
      if (twice) return [{ path: [row.list, index, 'size'], message: 'pricing.packTwice' }];
      if (!row.dearer) return [];
      return [{ path: [row.list, index, row.field], message: 'pricing.packDearer' }];
    });
  });
}
