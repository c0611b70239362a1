import { asc, eq, min } from 'drizzle-orm';
import type { Context, Locale } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { events } from '../events/tables.ts';
import type { PhotoSize } from '../pricing/offer.ts';
import { hashToken } from './find-cart.ts';
import { findPayUrl } from './find-pay-url.ts';
import type { OrderState } from './order.ts';
import { downloads, orderLines, orders } from './tables.ts';
import { downloadKey, type ViewedFiles, viewFiles } from './view-files.ts';
import { waiverStatements } from './waiver.ts';

export interface OrderLineView {
  lineId: string;
  kind: 'photo' | 'all-photos' | 'whole-event' | 'credits';
  eventId: string | null;
  eventName: string | null;
  eventSlug: string | null;
  bib: string | null;
  size: PhotoSize;
  priceCents: number;
  refundedCents: number;
}

export interface OrderView extends ViewedFiles {
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
  waiver: { statements: readonly [string, string]; waivedAt: Date };
  firstDownloadAt: Date | null;
  /** Where to pay an order that still waits for its payment. */
  payUrl: string | null;
}

type OrderRow = typeof orders.$inferSelect;

/** The order of a secret link, with fresh download addresses; `page` of its files, from 1. Throws 'not-found'. */
export async function getOrderBySecret(
  ctx: Context,
  { secret, page = 1 }: { secret: string; page?: number },
): Promise<OrderView> {
  const [order] = await ctx.db
    .select()
    .from(orders)
    .where(eq(orders.secretHash, hashToken(secret.slice(0, 100))));
  if (!order) throw new DomainError('not-found', { public: { key: 'orders.missing' } });
  const taken = await listDownloads(ctx, order.id);
  return {
    ...facts(order),
    ...(await viewFiles(ctx, { order, page, taken })),
    lines: await listLines(ctx, order.id),
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
      size: orderLines.size,
      priceCents: orderLines.priceCents,
      refundedCents: orderLines.refundedCents,
    })
    .from(orderLines)
    .leftJoin(events, eq(events.id, orderLines.eventId))
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position));
}

/** When each file first left alone, and the first ZIP. */
async function listDownloads(ctx: Context, orderId: string): Promise<Map<string, Date>> {
  const first = await ctx.db
    .select({ photoId: downloads.photoId, size: downloads.size, at: min(downloads.at) })
    .from(downloads)
    .where(eq(downloads.orderId, orderId))
    .groupBy(downloads.photoId, downloads.size);
  return new Map(
    first.flatMap(({ photoId, size, at }) => (at ? [[downloadKey(photoId, size), at] as const] : [])),
  );
}

function earliest(instants: Date[]): Date | null {
  const [first] = instants.toSorted((one, other) => one.getTime() - other.getTime());
  return first ?? null;
}
