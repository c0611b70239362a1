import { asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { currentPrices } from '../pricing/current-prices.ts';
import { type FoundPromos, findPromos } from '../pricing/find-promos.ts';
import { isSold, priceCart } from '../pricing/price-cart.ts';
import type { PricedCart } from '../pricing/priced-cart.ts';
import { type CartGroup, type CartLineView, type CartPromo, type CartView, EMPTY_CART } from './cart.ts';
import { findCart } from './find-cart.ts';
import { findCodeHolders } from './find-code-holders.ts';
import {
  countEventPhotos,
  countRunnersPhotos,
  type EventOnSale,
  findEventsOnSale,
  findPhotosOnSale,
  isPreSale,
  type PhotoOnSale,
} from './on-sale.ts';
import { cartLines, carts } from './tables.ts';

type StoredLine = typeof cartLines.$inferSelect;

/** The visitor's cart with today's prices; empty when there is none. Reads only. */
export async function getCart(ctx: Context, { token }: { token: string | null }): Promise<CartView> {
  const cart = await findCart(ctx, token);
  return cart ? readCart(ctx, cart.id) : EMPTY_CART;
}

/** Trusts its caller to have found the cart for this visitor. `email`: the buyer, once known, for limits of promo codes. */
export async function readCart(
  ctx: Context,
  cartId: string,
  { email = null }: { email?: string | null } = {},
): Promise<CartView> {
  const stored = await ctx.db
    .select()
    .from(cartLines)
    .where(eq(cartLines.cartId, cartId))
    .orderBy(asc(cartLines.addedAt), asc(cartLines.id));
  if (stored.length === 0) return EMPTY_CART;
  const sale = await readSale(ctx, stored);
  const lines = stored.flatMap((line) => lineOnSale(line, sale) ?? []);
  const code = lines.length > 0 ? await readCode(ctx, cartId) : null;
  const found = code === null ? NO_PROMO : await findPromosFor(ctx, { cartId, code, lines, sale, email });
  const offers = [...sale.events.values()].map((event) => event.offer);
  const priced = priceCart(lines, offers, { now: sale.now, promos: found.promos });
  return {
    groups: groupLines(lines, priced, sale),
    packHints: priced.packHints,
    pools: priced.pools,
    discounts: priced.discounts,
    promo: code === null ? null : promoView(code, found, priced),
    lineCount: lines.length,
    totalCents: priced.totalCents,
    currency: priced.currency,
    goneLines: stored.length - lines.length,
  };
}

const NO_PROMO: FoundPromos = { promos: [], refusal: null };

async function readCode(ctx: Context, cartId: string): Promise<string | null> {
  const [cart] = await ctx.db.select({ code: carts.promoCode }).from(carts).where(eq(carts.id, cartId));
  return cart?.code ?? null;
}

interface PromoQuestion {
  cartId: string;
  code: string;
  lines: SaleLine[];
  sale: Sale;
  email: string | null;
}

async function findPromosFor(
  ctx: Context,
  { cartId, code, lines, sale, email }: PromoQuestion,
): Promise<FoundPromos> {
  const eventIds = [...new Set(lines.map((line) => line.eventId))];
  const currency = sale.events.get(eventIds[0] ?? '')?.offer.currency ?? '';
  const own = async () => (await findCodeHolders(ctx, cartId)).map(({ order }) => order.id);
  const ask = (except: string[]) => findPromos(ctx, { code, eventIds, currency, email, except });
  const before = await own();
  const found = await ask(before);
  if (found.refusal === null) return found;
  // Another click may have placed this cart's order in between: its use was counted, and it was not known yet.
  const now = await own();
  return now.length === before.length ? found : ask(now);
}

function promoView(code: string, { refusal }: FoundPromos, { promos }: PricedCart): CartPromo {
  const [promo] = promos;
  return {
    code,
    promoCodeId: promo?.promoCodeId ?? null,
    offCents: promo?.offCents ?? 0,
    missingCents: promo?.missingCents ?? 0,
    refusal,
  };
}

interface Sale {
  now: Date;
  /** Whole events are for pros alone. */
  forPro: boolean;
  events: Map<string, EventOnSale>;
  photos: Map<string, PhotoOnSale>;
  /** Published photos by runner; without a bib, those of the whole event where a line asks for them. */
  counts: Map<string, number>;
}

async function readSale(ctx: Context, stored: StoredLine[]): Promise<Sale> {
  const eventIds = [...new Set(stored.map((line) => line.eventId))];
  const onSale = await findPhotosOnSale(
    ctx,
    stored.flatMap((line) => line.photoId ?? []),
  );
  return {
    now: ctx.clock.now(),
    forPro: ctx.actor.kind === 'account' && ctx.actor.organisationId !== null,
    events: new Map((await findEventsOnSale(ctx, eventIds)).map((event) => [event.eventId, event])),
    photos: new Map(onSale.map((photo) => [photo.photoId, photo])),
    counts: await countPhotos(ctx, stored),
  };
}

async function countPhotos(ctx: Context, stored: StoredLine[]): Promise<Map<string, number>> {
  const runners = new Map(
    stored.flatMap(({ eventId, bib }) =>
      bib === null ? [] : [[runnerKey(eventId, bib), { eventId, bib }] as const],
    ),
  );
  const counted = await countRunnersPhotos(ctx, [...runners.values()]);
  const counts = new Map(counted.map(({ eventId, bib, photos }) => [runnerKey(eventId, bib), photos]));
  for (const { eventId, kind } of stored) {
    if (kind === 'whole-event') counts.set(runnerKey(eventId, null), await countEventPhotos(ctx, eventId));
  }
  return counts;
}

type SaleLine = Omit<CartLineView, 'fullCents' | 'priceCents' | 'reason'>;

/** Null when the line can no longer be bought. A bib that is not published on the photo gives no right to its cap. */
function lineOnSale(line: StoredLine, sale: Sale): SaleLine | null {
  const event = sale.events.get(line.eventId);
  if (!event || !isSold(event.offer, line)) return null;
  const photo = line.photoId ? sale.photos.get(line.photoId) : undefined;
  const count = sale.counts.get(runnerKey(line.eventId, line.bib)) ?? 0;
  const there = {
    photo: photo !== undefined,
    'all-photos': count > 0 || isPreSale(event, sale.now),
    'whole-event': sale.forPro,
  }[line.kind];
  if (!there) return null;
  const bibHolds = line.bib !== null && (line.kind === 'all-photos' || photo?.bibs.includes(line.bib));
  return {
    lineId: line.id,
    kind: line.kind,
    eventId: line.eventId,
    photoId: line.photoId,
    size: line.size,
    bib: bibHolds ? line.bib : null,
    thumbnailUrl: line.photoId ? `/media/${line.photoId}/thumbnail.webp` : null,
    widthPx: photo?.widthPx ?? null,
    heightPx: photo?.heightPx ?? null,
    tone: photo?.tone ?? null,
    takenAt: photo?.takenAt ?? null,
    photoCount: line.kind === 'photo' ? 1 : count,
  };
}

function groupLines(lines: SaleLine[], priced: PricedCart, sale: Sale): CartGroup[] {
  const prices = new Map(priced.lines.map((line) => [line.lineId, line]));
  const groups = new Map<string, CartGroup>();
  for (const line of lines) {
    const event = sale.events.get(line.eventId);
    const price = prices.get(line.lineId);
    if (!event || !price) continue;
    const key = runnerKey(line.eventId, line.bib);
    const hint = priced.hints.find((one) => one.eventId === line.eventId && one.bib === line.bib) ?? null;
    const group = groups.get(key) ?? emptyGroup(line, { event, sale, hint });
    const { fullCents, priceCents, reason } = price;
    group.lines.push({ ...line, fullCents, priceCents, reason });
    group.subtotalCents += priceCents;
    groups.set(key, group);
  }
  return [...groups.values()];
}

function emptyGroup(
  { eventId, bib }: SaleLine,
  { event, sale, hint }: { event: EventOnSale; sale: Sale; hint: CartGroup['hint'] },
): CartGroup {
  const { photoCents } = currentPrices(event.offer, sale.now);
  return {
    eventId,
    eventSlug: event.slug,
    eventName: event.name,
    timeZone: event.timeZone,
    sellerName: event.sellerName,
    bib,
    selling: event.offer.selling,
    sponsorName: event.offer.sponsorName,
    photoPriceCents: photoCents.original,
    webPriceCents: photoCents.web,
    photosOfRunner: bib === null ? 0 : (sale.counts.get(runnerKey(eventId, bib)) ?? 0),
    lines: [],
    subtotalCents: 0,
    hint,
  };
}

function runnerKey(eventId: string, bib: string | null): string {
  return JSON.stringify([eventId, bib]);
}
