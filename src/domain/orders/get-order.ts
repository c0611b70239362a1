import { asc, eq, min } from 'drizzle-orm';
import type { Context, Locale } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { events } from '../events/tables.ts';
import { photos } from '../photos/tables.ts';
import { plainName } from './archive-names.ts';
import { signDownload } from './download-token.ts';
import { hashToken } from './find-cart.ts';
import { findPayUrl } from './find-pay-url.ts';
import { DOWNLOADABLE, type OrderState } from './order.ts';
import { downloads, orderLines, orderPhotos, orders } from './tables.ts';
import { waiverStatements } from './waiver.ts';

export interface OrderLineView {
  lineId: string;
  kind: 'photo' | 'all-photos' | 'whole-event' | 'credits';
  eventId: string | null;
  eventName: string | null;
  eventSlug: string | null;
  bib: string | null;
  priceCents: number;
}

export interface OrderPhotoView {
  photoId: string;
  eventName: string;
  timeZone: string;
  bibs: string[];
  takenAt: Date | null;
  fileName: string;
  sizeBytes: number;
  widthPx: number | null;
  heightPx: number | null;
  tone: string | null;
  /** Null when the photo is no longer shown to the public. */
  thumbnailUrl: string | null;
  /** Good for 24 hours. Null while downloads are closed. */
  downloadUrl: string | null;
  downloadedAt: Date | null;
}

export interface OrderView {
  orderId: string;
  number: string;
  kind: 'photos' | 'credits';
  state: OrderState;
  email: string;
  locale: Locale;
  totalCents: number;
  refundedCents: number;
  currency: string;
  createdAt: Date;
  paidAt: Date | null;
  deliveredAt: Date | null;
  lines: OrderLineView[];
  photos: OrderPhotoView[];
  /** Null while there is nothing to download. */
  archive: { url: string; sizeBytes: number } | null;
  waiver: { statements: readonly [string, string]; waivedAt: Date };
  firstDownloadAt: Date | null;
  /** Where to pay an order that still waits for its payment. */
  payUrl: string | null;
}

type OrderRow = typeof orders.$inferSelect;

/** The order of a secret link, with fresh download addresses. Throws 'not-found'. */
export async function getOrderBySecret(ctx: Context, { secret }: { secret: string }): Promise<OrderView> {
  const [order] = await ctx.db
    .select()
    .from(orders)
    .where(eq(orders.secretHash, hashToken(secret.slice(0, 100))));
  if (!order) throw new DomainError('not-found', { public: { key: 'orders.missing' } });
  const open = order.state === DOWNLOADABLE;
  const bought = await listPhotos(ctx, order, open);
  const taken = await listDownloads(ctx, order.id);
  return {
    ...facts(order),
    lines: await listLines(ctx, order.id),
    photos: bought.map((photo) => ({ ...photo, downloadedAt: taken.get(photo.photoId) ?? null })),
    archive: open && bought.length > 0 ? archiveOf(ctx, order.id, bought) : null,
    waiver: {
      statements: waiverStatements(order.waiverVersion, order.locale),
      waivedAt: order.waivedAt,
    },
    firstDownloadAt: earliest([...taken.values()]),
    payUrl: await findPayUrl(ctx, order, secret),
  };
}

function facts(order: OrderRow) {
  const { id: orderId, number, kind, state, email, locale, totalCents, refundedCents, currency } = order;
  const { createdAt, paidAt, deliveredAt } = order;
  return {
    orderId,
    number,
    kind,
    state,
    email,
    locale,
    totalCents,
    refundedCents,
    currency,
    createdAt,
    paidAt,
    deliveredAt,
  };
}

async function listLines(ctx: Context, orderId: string): Promise<OrderLineView[]> {
  return ctx.db
    .select({
      lineId: orderLines.id,
      kind: orderLines.kind,
      eventId: orderLines.eventId,
      eventName: events.name,
      eventSlug: events.slug,
      bib: orderLines.bib,
      priceCents: orderLines.priceCents,
    })
    .from(orderLines)
    .leftJoin(events, eq(events.id, orderLines.eventId))
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position));
}

type BoughtPhoto = Omit<OrderPhotoView, 'downloadedAt'>;

async function listPhotos(ctx: Context, order: OrderRow, open: boolean): Promise<BoughtPhoto[]> {
  const bought = await ctx.db
    .select({ photo: photos, eventName: events.name, timeZone: events.timeZone, status: events.status })
    .from(orderPhotos)
    .innerJoin(photos, eq(photos.id, orderPhotos.photoId))
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(eq(orderPhotos.orderId, order.id))
    .orderBy(asc(photos.sortAt), asc(photos.id));
  return bought.map(({ photo, eventName, timeZone, status }) => {
    const shown = status === 'published' && photo.state === 'ready' && photo.hiddenAt === null;
    const token = open ? signDownload(ctx, { orderId: order.id, photoId: photo.id }) : null;
    return {
      photoId: photo.id,
      eventName,
      timeZone,
      bibs: photo.bibs,
      takenAt: photo.takenAt,
      fileName: plainName(photo.fileName),
      sizeBytes: photo.sizeBytes,
      widthPx: photo.widthPx,
      heightPx: photo.heightPx,
      tone: photo.tone,
      thumbnailUrl: shown ? `/media/${photo.id}/thumbnail.webp` : null,
      downloadUrl: token ? `/api/downloads/${token}` : null,
    };
  });
}

/** When each photo first left alone, by photo; and the ZIP of all. */
async function listDownloads(ctx: Context, orderId: string): Promise<Map<string, Date>> {
  const first = await ctx.db
    .select({ photoId: downloads.photoId, at: min(downloads.at) })
    .from(downloads)
    .where(eq(downloads.orderId, orderId))
    .groupBy(downloads.photoId);
  return new Map(first.flatMap(({ photoId, at }) => (at ? [[photoId ?? 'archive', at] as const] : [])));
}

function earliest(instants: Date[]): Date | null {
  const [first] = instants.toSorted((one, other) => one.getTime() - other.getTime());
  return first ?? null;
}

function archiveOf(ctx: Context, orderId: string, bought: BoughtPhoto[]): OrderView['archive'] {
  const token = signDownload(ctx, { orderId, photoId: null });
  return {
    url: `/api/downloads/${token}`,
    sizeBytes: bought.reduce((sum, photo) => sum + photo.sizeBytes, 0),
  };
}
