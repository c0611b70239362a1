import type { PhotoSize } from './offer.ts';
import { tabulatePool } from './pool-price.ts';
import { type PhotoGroup, type PricedEvent, ratesOf, SIZES } from './price-event.ts';
import type { PackHint, RunnerHint } from './priced-cart.ts';

/** A price that stops climbing later than that is no news. */
const FAR_PHOTOS = 60;

/** How far each runner's price still climbs: none for runners whose photos are all bought, or given. */
export function runnerHints(event: PricedEvent): RunnerHint[] {
  const { offer, prices, groups } = event;
  if (prices.photoCents.original === 0) return [];
  const tables = tablesOf(event, FAR_PHOTOS);
  return groups.flatMap((group) => {
    if (group.bib === null) return [];
    return {
      eventId: offer.eventId,
      bib: group.bib,
      photos: group.lines.length,
      fullCents: group.fullCents,
      allPhotosPriceCents: prices.allPhotosCents,
      photosUntilCap: group.capped ? 0 : untilCap(group, event, tables),
    };
  });
}

type Tables = Record<PhotoSize, number[]>;

/** More originals of this runner, until paying for all of them is no dearer. */
function untilCap({ count }: PhotoGroup, event: PricedEvent, tables: Tables): number | null {
  const web = pooled(event, 'web');
  const original = pooled(event, 'original');
  const without = (tables.web[web - count.web] ?? 0) + (tables.original[original - count.original] ?? 0);
  for (let more = 0; more <= FAR_PHOTOS; more += 1) {
    const withMore = (tables.web[web] ?? 0) + (tables.original[original + more] ?? 0);
    if (withMore >= event.prices.allPhotosCents + without) return more;
  }
  return null;
}

/** The next number of photos of each size that costs less than one by one. */
export function packHints(event: PricedEvent): PackHint[] {
  return SIZES.flatMap((size) => {
    const pool = event.pools.find((one) => one.size === size);
    if (!pool) return [];
    const rates = ratesOf(event.prices, size);
    const largest = Math.max(
      0,
      ...rates.packs.map((pack) => pack.photos),
      ...rates.tiers.map((tier) => tier.fromPhotos),
    );
    const table = tabulatePool(rates, pool.photos + largest + 1);
    const photos = nextCheaper(table, pool);
    if (photos === null) return [];
    const priceCents = table[photos] ?? 0;
    return {
      eventId: event.offer.eventId,
      size,
      photos,
      morePhotos: photos - pool.photos,
      moreCents: priceCents - pool.priceCents,
      priceCents,
    };
  });
}

/** Where the price falls behind that of single photos, and up to the last photo that comes at that price. */
function nextCheaper(
  table: number[],
  pool: { photos: number; priceCents: number; unitCents: number },
): number | null {
  for (let photos = pool.photos + 1; photos < table.length - 1; photos += 1) {
    const oneByOne = pool.priceCents + (photos - pool.photos) * pool.unitCents;
    if ((table[photos] ?? 0) >= oneByOne) continue;
    let last = photos;
    while (last + 1 < table.length - 1 && table[last + 1] === table[last]) last += 1;
    return last;
  }
  return null;
}

function tablesOf(event: PricedEvent, more: number): Tables {
  return {
    web: tabulatePool(ratesOf(event.prices, 'web'), pooled(event, 'web')),
    original: tabulatePool(ratesOf(event.prices, 'original'), pooled(event, 'original') + more),
  };
}

function pooled({ pools }: PricedEvent, size: PhotoSize): number {
  return pools.find((pool) => pool.size === size)?.photos ?? 0;
}
