import { expect, test } from 'vitest';
import type { Offer } from '#domain/pricing/offer.ts';
import { draftOfOffer, readOfferForm } from './offer-draft.ts';
import { printBps, readBps } from './share-percent.ts';

const ZONE = 'Europe/Paris';

const offer: Offer = {
  eventId: 'trail',
  currency: 'eur',
  selling: 'sponsored',
  photoCents: { web: null, original: 950 },
  allPhotosCents: 2_900,
  preSaleCents: 1_900,
  wholeEventCents: null,
  packs: [{ size: 'web', photos: 3, priceCents: 1_050 }],
  tiers: [{ size: 'original', fromPhotos: 4, unitCents: 700 }],
  discounts: [
    { percent: 20, startsAt: new Date('2026-06-21T04:00:00Z'), endsAt: new Date('2026-06-22T04:00:00Z') },
  ],
  startsAt: new Date('2026-06-21T04:00:00Z'),
  sponsorName: 'Vaubrun',
};

function formOf(values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

test('an offer survives its form, with instants on the clocks of the event', () => {
  const { packs, tiers, discounts, ...texts } = draftOfOffer(offer, { locale: 'fr', timeZone: ZONE });
  expect([texts.original, texts.web, discounts[0]?.from]).toEqual(['9,50', '', '2026-06-21T06:00']);
  const rows = { pack: packs, tier: tiers, discount: discounts };
  const form = formOf({ ...texts });
  for (const [kind, list] of Object.entries(rows)) {
    for (const { key, ...fields } of list) {
      for (const [name, value] of Object.entries(fields)) form.set(`${kind}.${key}.${name}`, value);
    }
  }
  const { eventId, currency, startsAt, ...kept } = offer;
  expect(readOfferForm(form, ZONE).input).toEqual(kept);
});

test('what cannot be read is refused by the rules, and the refusal finds its row', () => {
  const { input, fieldName } = readOfferForm(
    formOf({
      original: 'nine',
      allPhotos: '29',
      'pack.n4.photos': '2.5',
      'pack.n4.price': '20',
      'discount.n1.from': 'soon',
    }),
    ZONE,
  );
  expect([input.photoCents.original, input.packs[0]?.photos]).toEqual([Number.NaN, Number.NaN]);
  expect(input.discounts[0]?.startsAt.getTime()).toBeNaN();
  expect(
    ['packs.0.priceCents', 'discounts.0.startsAt', 'photoCents.original', 'sponsorName'].map(fieldName),
  ).toEqual(['pack.n4.price', 'discount.n1.from', 'original', 'sponsorName']);
});

test('percentages keep two decimals and are never rounded', () => {
  expect(['12,5', '12.25 %', '', '100'].map(readBps)).toEqual([1_250, 1_225, 0, 10_000]);
  expect(['-1', '1,234', 'ten'].map(readBps)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect([printBps(1_250, 'fr'), printBps(0, 'en')]).toEqual(['12,5', '0']);
});
