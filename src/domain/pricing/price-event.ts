import { chooseCapped, type PoolTables, type RunnerPhotos } from './choose-capped.ts';
import { type CurrentPrices, fullPrices } from './current-prices.ts';
import type { Offer, PhotoSize } from './offer.ts';
import { planPool, tabulatePool } from './pool-price.ts';
import type { CartLineToPrice, Pool, PricedLine, PriceReason } from './priced-cart.ts';
import { moneyStep, shareCents } from './share-cents.ts';

export const SIZES: readonly PhotoSize[] = ['web', 'original'];

/** One runner's single photos, or one photo that was found without a bib. */
export interface PhotoGroup {
  bib: string | null;
  lines: CartLineToPrice[];
  count: RunnerPhotos;
  /** What they cost one by one now. */
  fullCents: number;
  capped: boolean;
}

export interface PricedEvent {
  offer: Offer;
  prices: CurrentPrices;
  lines: PricedLine[];
  pools: Pool[];
  /** Groups whose photos are neither included nor given. */
  groups: PhotoGroup[];
}

/** Prices the lines of one event as cheaply as its offer allows. `lines` come sorted by id. */
export function priceEvent(lines: CartLineToPrice[], offer: Offer, prices: CurrentPrices): PricedEvent {
  const event = { offer, prices, full: fullPrices(offer) };
  const whole = lines.find((line) => line.kind === 'whole-event');
  const runnerLines = firstPerRunner(lines);
  const covered = (line: CartLineToPrice) =>
    whole !== undefined || (line.bib !== null && runnerLines.has(line.bib));
  const groups = groupPhotos(
    lines.filter((line) => line.kind === 'photo' && !covered(line)),
    prices,
  );
  const { priced, pools } = pricePhotos(groups, event);
  for (const line of lines) {
    if (line.kind === 'photo' && covered(line)) priced.set(line.lineId, { cents: 0, reason: 'included' });
    if (line.kind === 'all-photos') {
      const first = !whole && line.bib !== null && runnerLines.get(line.bib) === line.lineId;
      priced.set(line.lineId, first ? allPhotosPrice(prices) : { cents: 0, reason: 'included' });
    }
    if (line.kind === 'whole-event') {
      const cents = line === whole ? (prices.wholeEventCents ?? 0) : 0;
      priced.set(line.lineId, { cents, reason: line === whole ? 'whole-event' : 'included' });
    }
  }
  const inOrder = lines.map((line) => toPricedLine(line, priced, event));
  return { offer, prices, lines: capWholeEvent(inOrder, prices, offer), pools, groups };
}

interface EventToPrice {
  offer: Offer;
  prices: CurrentPrices;
  full: ReturnType<typeof fullPrices>;
}

interface Price {
  cents: number;
  reason: PriceReason;
}

function allPhotosPrice({ allPhotosCents, preSale }: CurrentPrices): Price {
  return { cents: allPhotosCents, reason: preSale ? 'pre-sale' : 'all-photos' };
}

/** The line that pays for a runner; a second one of the same runner is included in it. */
function firstPerRunner(lines: CartLineToPrice[]): Map<string, string> {
  const first = new Map<string, string>();
  for (const { kind, bib, lineId } of lines) {
    if (kind === 'all-photos' && bib !== null && !first.has(bib)) first.set(bib, lineId);
  }
  return first;
}

function groupPhotos(lines: CartLineToPrice[], prices: CurrentPrices): PhotoGroup[] {
  const groups = new Map<string, PhotoGroup>();
  for (const line of lines) {
    const key = line.bib === null ? `line ${line.lineId}` : `bib ${line.bib}`;
    const group = groups.get(key) ?? {
      bib: line.bib,
      lines: [],
      count: { web: 0, original: 0 },
      fullCents: 0,
      capped: false,
    };
    group.lines.push(line);
    group.count[line.size] += 1;
    group.fullCents += prices.photoCents[line.size] ?? 0;
    groups.set(key, group);
  }
  return [...groups.keys()].sort().flatMap((key) => groups.get(key) ?? []);
}

function pricePhotos(
  groups: PhotoGroup[],
  event: EventToPrice,
): { priced: Map<string, Price>; pools: Pool[] } {
  markCapped(groups, event.prices);
  const priced = new Map<string, Price>();
  for (const group of groups.filter(({ capped }) => capped)) {
    shareOver(group.lines, event.prices.allPhotosCents, event).forEach((cents, place) => {
      priced.set(group.lines[place]?.lineId ?? '', { cents, reason: 'capped' });
    });
  }
  const pooled = groups.filter(({ capped }) => !capped);
  const pools = SIZES.flatMap((size) => priceSize(pooled, size, { event, priced }));
  keepUnderCap(pooled, { event, priced });
  return { priced, pools };
}

/** Only photos that cost more one by one than all of the runner's can gain by the cap. */
function markCapped(groups: PhotoGroup[], prices: CurrentPrices): void {
  const candidates = groups.filter(({ bib, fullCents }) => bib !== null && fullCents > prices.allPhotosCents);
  if (candidates.length === 0) return;
  const capped = chooseCapped(
    candidates.map(({ count }) => count),
    { tables: tablesFor(groups, prices), allPhotosCents: prices.allPhotosCents },
  );
  for (const place of capped) {
    const group = candidates[place];
    if (group) group.capped = true;
  }
}

function tablesFor(groups: PhotoGroup[], prices: CurrentPrices): PoolTables {
  const most = (size: PhotoSize) => groups.reduce((sum, { count }) => sum + count[size], 0);
  return {
    web: tabulatePool(ratesOf(prices, 'web'), most('web')),
    original: tabulatePool(ratesOf(prices, 'original'), most('original')),
  };
}

export function ratesOf({ photoCents, packs, tiers }: CurrentPrices, size: PhotoSize) {
  return {
    singleCents: photoCents[size] ?? 0,
    packs: packs.filter((pack) => pack.size === size),
    tiers: tiers.filter((tier) => tier.size === size),
  };
}

interface Pricing {
  event: EventToPrice;
  priced: Map<string, Price>;
}

/** Each photo of a pool costs the same, to the cent. */
function priceSize(groups: PhotoGroup[], size: PhotoSize, { event, priced }: Pricing): Pool[] {
  const lines = groups
    .flatMap((group) => group.lines)
    .filter((line) => line.size === size)
    .sort(byLineId);
  if (lines.length === 0) return [];
  const plan = planPool(ratesOf(event.prices, size), lines.length);
  const shares = shareOver(lines, plan.priceCents, event);
  lines.forEach((line, place) => {
    priced.set(line.lineId, { cents: shares[place] ?? 0, reason: reasonOf(plan.reason, size, event) });
  });
  const { priceCents, unitCents, packs } = plan;
  return [{ eventId: event.offer.eventId, size, photos: lines.length, priceCents, unitCents, packs }];
}

function reasonOf(
  reason: 'single' | 'tier' | 'pack',
  size: PhotoSize,
  { offer, prices }: EventToPrice,
): PriceReason {
  if (offer.selling === 'free') return 'free';
  if (offer.selling === 'sponsored' && size === 'web') return 'sponsored';
  return reason === 'single' && prices.discount ? 'discounted' : reason;
}

/**
 * Equal parts of a pool may leave one runner above the cap although the event as a whole costs least. Then the pools are
 * shared by what each runner would pay alone, of which all together are never less than the pools cost.
 */
function keepUnderCap(groups: PhotoGroup[], { event, priced }: Pricing): void {
  const { allPhotosCents } = event.prices;
  const sumOf = ({ lines }: PhotoGroup) =>
    lines.reduce((sum, line) => sum + (priced.get(line.lineId)?.cents ?? 0), 0);
  if (groups.every((group) => group.bib === null || sumOf(group) <= allPhotosCents)) return;
  const total = groups.reduce((sum, group) => sum + sumOf(group), 0);
  const alone = groups.map(({ bib, fullCents }) =>
    bib === null ? fullCents : Math.min(fullCents, allPhotosCents),
  );
  shareCents(total, alone, moneyStep(event.offer.currency)).forEach((cents, place) => {
    const lines = groups[place]?.lines ?? [];
    shareOver(lines, cents, event).forEach((share, position) => {
      const price = priced.get(lines[position]?.lineId ?? '');
      if (price) price.cents = share;
    });
  });
}

/** By what each costs alone. */
function shareOver(lines: CartLineToPrice[], cents: number, { prices, offer }: EventToPrice): number[] {
  const weights = lines.map((line) => prices.photoCents[line.size] ?? 0);
  return shareCents(cents, weights, moneyStep(offer.currency));
}

function toPricedLine(
  { lineId, kind, size }: CartLineToPrice,
  priced: Map<string, Price>,
  { full, offer }: EventToPrice,
): PricedLine {
  const { cents, reason } = priced.get(lineId) ?? { cents: 0, reason: 'included' as const };
  const fullCents = {
    photo: full.photoCents[size] ?? 0,
    'all-photos': full.allPhotosCents,
    'whole-event': full.wholeEventCents ?? 0,
  }[kind];
  return { lineId, fullCents, priceCents: cents, reason: offer.selling === 'free' ? 'free' : reason };
}

/** Everything of the event together never costs more than the whole event. */
function capWholeEvent(lines: PricedLine[], { wholeEventCents }: CurrentPrices, offer: Offer): PricedLine[] {
  const total = lines.reduce((sum, line) => sum + line.priceCents, 0);
  if (wholeEventCents === null || total <= wholeEventCents) return lines;
  const weights = lines.map((line) => line.priceCents);
  const shares = shareCents(wholeEventCents, weights, moneyStep(offer.currency));
  return lines.map((line, place) => ({
    ...line,
    priceCents: shares[place] ?? 0,
    reason: line.priceCents > 0 ? 'whole-event' : line.reason,
  }));
}

function byLineId(one: CartLineToPrice, other: CartLineToPrice): number {
  return one.lineId < other.lineId ? -1 : 1;
}
