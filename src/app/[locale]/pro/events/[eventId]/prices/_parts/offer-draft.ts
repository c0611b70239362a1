import { textOf } from '#app/_web/form.ts';
import type { Offer, PhotoSize, Selling } from '#domain/pricing/offer.ts';
import { printLocalTime, readCents, readLocalTime } from '../../../_parts/event-fields.ts';

/** An offer as its form shows it: texts only. */
export interface OfferDraft {
  selling: Selling;
  sponsorName: string;
  original: string;
  web: string;
  allPhotos: string;
  preSale: string;
  wholeEvent: string;
  packs: PackDraft[];
  tiers: TierDraft[];
  discounts: DiscountDraft[];
}

export interface PackDraft {
  key: string;
  size: PhotoSize;
  photos: string;
  price: string;
}

export interface TierDraft {
  key: string;
  size: PhotoSize;
  from: string;
  unit: string;
}

export interface DiscountDraft {
  key: string;
  percent: string;
  from: string;
  until: string;
}

type OfferTexts = Omit<Offer, 'eventId' | 'currency' | 'startsAt'>;

export function draftOfOffer(
  offer: Offer,
  { locale, timeZone }: { locale: string; timeZone: string },
): OfferDraft {
  const amount = (cents: number | null) => printCents(cents, locale);
  return {
    selling: offer.selling,
    sponsorName: offer.sponsorName ?? '',
    original: amount(offer.photoCents.original),
    web: amount(offer.photoCents.web),
    allPhotos: amount(offer.allPhotosCents),
    preSale: amount(offer.preSaleCents),
    wholeEvent: amount(offer.wholeEventCents),
    packs: offer.packs.map(({ size, photos, priceCents }, index) => ({
      key: `p${index}`,
      size,
      photos: String(photos),
      price: amount(priceCents),
    })),
    tiers: offer.tiers.map(({ size, fromPhotos, unitCents }, index) => ({
      key: `p${index}`,
      size,
      from: String(fromPhotos),
      unit: amount(unitCents),
    })),
    discounts: offer.discounts.map(({ percent, startsAt, endsAt }, index) => ({
      key: `p${index}`,
      percent: String(percent),
      from: printLocalTime(startsAt, timeZone),
      until: printLocalTime(endsAt, timeZone),
    })),
  };
}

/** 950 → "9,50" without a sign, as an input holds it; '' for null. */
export function printCents(cents: number | null, locale: string): string {
  if (cents === null) return '';
  const decimals = cents % 100 === 0 ? 0 : 2;
  return (cents / 100).toLocaleString(locale, { useGrouping: false, minimumFractionDigits: decimals });
}

export interface ReadOfferForm {
  input: OfferTexts;
  /** Where a field of the input stands in the form: 'packs.0.priceCents' → 'pack.k3.price'. */
  fieldName(path: string): string;
}

/** The offer in a sent form. What is no number becomes NaN and what is no time a wrong date: the rules refuse both. */
export function readOfferForm(form: FormData, timeZone: string): ReadOfferForm {
  const text = (name: string) => textOf(form, name).trim();
  const optional = (name: string) => (text(name) === '' ? null : readCents(text(name)));
  const instant = (name: string) => readLocalTime(text(name), timeZone) ?? new Date(Number.NaN);
  const rows = {
    packs: rowKeys(form, 'pack'),
    tiers: rowKeys(form, 'tier'),
    discounts: rowKeys(form, 'discount'),
  };
  const input: OfferTexts = {
    selling: readSelling(text('selling')),
    sponsorName: text('sponsorName') || null,
    photoCents: { web: optional('web'), original: readCents(text('original')) },
    allPhotosCents: readCents(text('allPhotos')),
    preSaleCents: optional('preSale'),
    wholeEventCents: optional('wholeEvent'),
    packs: rows.packs.map((key) => ({
      size: readSize(text(`pack.${key}.size`)),
      photos: readCount(text(`pack.${key}.photos`)),
      priceCents: readCents(text(`pack.${key}.price`)),
    })),
    tiers: rows.tiers.map((key) => ({
      size: readSize(text(`tier.${key}.size`)),
      fromPhotos: readCount(text(`tier.${key}.from`)),
      unitCents: readCents(text(`tier.${key}.unit`)),
    })),
    discounts: rows.discounts.map((key) => ({
      percent: readCount(text(`discount.${key}.percent`)),
      startsAt: instant(`discount.${key}.from`),
      endsAt: instant(`discount.${key}.until`),
    })),
  };
  return { input, fieldName: (path) => fieldName(path, rows) };
}

function readSelling(text: string): Selling {
  return text === 'off' || text === 'free' || text === 'sponsored' ? text : 'paid';
}

function readSize(text: string): PhotoSize {
  return text === 'web' ? 'web' : 'original';
}

/** A whole number of at most four digits; NaN for anything else. */
function readCount(text: string): number {
  return /^\d{1,4}$/u.test(text) ? Number(text) : Number.NaN;
}

/** The keys of a kind of row, in the order of the page. */
function rowKeys(form: FormData, kind: string): string[] {
  const name = new RegExp(`^${kind}\\.(\\w+)\\.\\w+$`, 'u');
  return [...new Set([...form.keys()].flatMap((field) => name.exec(field)?.[1] ?? []))];
}

const KINDS: Record<string, 'pack' | 'tier' | 'discount'> = {
  packs: 'pack',
  tiers: 'tier',
  discounts: 'discount',
};

const NAMES: Record<string, string> = {
  'photoCents.original': 'original',
  'photoCents.web': 'web',
  allPhotosCents: 'allPhotos',
  preSaleCents: 'preSale',
  wholeEventCents: 'wholeEvent',
  priceCents: 'price',
  fromPhotos: 'from',
  unitCents: 'unit',
  startsAt: 'from',
  endsAt: 'until',
};

function fieldName(path: string, rows: Record<'packs' | 'tiers' | 'discounts', string[]>): string {
  const [list = '', index = '', field = ''] = path.split('.');
  const kind = KINDS[list];
  if (!kind) return NAMES[path] ?? path;
  const key = (list === 'packs' || list === 'tiers' || list === 'discounts' ? rows[list] : [])[Number(index)];
  return key === undefined ? path : `${kind}.${key}.${NAMES[field] ?? field}`;
}
