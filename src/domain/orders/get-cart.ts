import { asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { type PricedCart, priceCart } from '../pricing/price-cart.ts';
import { type CartGroup, type CartLineView, type CartView, EMPTY_CART } from './cart.ts';
import { findCart } from './find-cart.ts';
import {
  countRunnerPhotos,
  type EventOnSale,
  findEventsOnSale,
  findPhotosOnSale,
  type PhotoOnSale,
} from './on-sale.ts';
import { cartLines } from './tables.ts';

type StoredLine = typeof cartLines.$inferSelect;

/** The visitor's cart with today's prices; empty when there is none. Reads only. */
export async function getCart(ctx: Context, { token }: { token: string | null }): Promise<CartView> {
  const cart = await findCart(ctx, token);
  return cart ? readCart(ctx, cart.id) : EMPTY_CART;
}

/** Trusts its caller to have found the cart for this visitor. */
export async function readCart(ctx: Context, cartId: string): Promise<CartView> {
  const stored = await ctx.db
    .select()
    .from(cartLines)
    .where(eq(cartLines.cartId, cartId))
    .orderBy(asc(cartLines.addedAt), asc(cartLines.id));
  if (stored.length === 0) return EMPTY_CART;
  const sale = await readSale(ctx, stored);
  const lines = stored.flatMap((line) => lineOnSale(line, sale) ?? []);
  const priced = priceCart(lines, [...sale.events.values()]);
  return {
    groups: groupLines(lines, priced, sale),
    lineCount: lines.length,
    totalCents: priced.totalCents,
    currency: priced.currency,
    goneLines: stored.length - lines.length,
  };
}

interface Sale {
  events: Map<string, EventOnSale>;
  photos: Map<string, PhotoOnSale>;
  /** Published photos by runner. */
  counts: Map<string, number>;
}

async function readSale(ctx: Context, stored: StoredLine[]): Promise<Sale> {
  const eventIds = [...new Set(stored.map((line) => line.eventId))];
  const onSale = await findPhotosOnSale(
    ctx,
    stored.flatMap((line) => line.photoId ?? []),
  );
  const counts = new Map<string, number>();
  for (const { eventId, bib } of stored) {
    if (bib === null || counts.has(runnerKey(eventId, bib))) continue;
    counts.set(runnerKey(eventId, bib), await countRunnerPhotos(ctx, { eventId, bib }));
  }
  return {
    events: new Map((await findEventsOnSale(ctx, eventIds)).map((event) => [event.eventId, event])),
    photos: new Map(onSale.map((photo) => [photo.photoId, photo])),
    counts,
  };
}

type SaleLine = Omit<CartLineView, 'priceCents' | 'reason'>;

/** Null when the line can no longer be bought. A bib that is not published on the photo gives no right to its cap. */
function lineOnSale(line: StoredLine, sale: Sale): SaleLine | null {
  if (!sale.events.has(line.eventId) || line.kind === 'whole-event') return null;
  const photo = line.photoId ? sale.photos.get(line.photoId) : undefined;
  const ofRunner = line.bib === null ? 0 : (sale.counts.get(runnerKey(line.eventId, line.bib)) ?? 0);
  if (line.kind === 'photo' ? !photo : ofRunner === 0) return null;
  const bibHolds = line.bib !== null && (line.kind === 'all-photos' || photo?.bibs.includes(line.bib));
  return {
    lineId: line.id,
    kind: line.kind,
    eventId: line.eventId,
    photoId: line.photoId,
    bib: bibHolds ? line.bib : null,
    thumbnailUrl: line.photoId ? `/media/${line.photoId}/thumbnail.webp` : null,
    widthPx: photo?.widthPx ?? null,
    heightPx: photo?.heightPx ?? null,
    tone: photo?.tone ?? null,
    takenAt: photo?.takenAt ?? null,
    photoCount: line.kind === 'photo' ? 1 : ofRunner,
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
    const group = groups.get(key) ?? {
      eventId: event.eventId,
      eventSlug: event.slug,
      eventName: event.name,
      timeZone: event.timeZone,
      bib: line.bib,
      photoPriceCents: event.photoPriceCents,
      photosOfRunner: sale.counts.get(key) ?? 0,
      lines: [],
      subtotalCents: 0,
      hint: priced.hints.find((hint) => hint.eventId === line.eventId && hint.bib === line.bib) ?? null,
    };
    group.lines.push({ ...line, priceCents: price.priceCents, reason: price.reason });
    group.subtotalCents += price.priceCents;
    groups.set(key, group);
  }
  return [...groups.values()];
}

function runnerKey(eventId: string, bib: string | null): string {
  return JSON.stringify([eventId, bib]);
}
