import { asc, eq, type SQL } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from '../events/tables.ts';
import { photos } from '../photos/tables.ts';
import type { PhotoSize } from '../pricing/offer.ts';
import { openCents } from './refund.ts';
import { orderLines, orders } from './tables.ts';

export interface SoldLine {
  lineId: string;
  orderId: string;
  kind: 'photo' | 'all-photos' | 'whole-event' | 'credits';
  size: PhotoSize;
  eventName: string | null;
  bib: string | null;
  fileName: string | null;
  credits: number | null;
  priceCents: number;
  refundedCents: number;
  /** What can still be given back. */
  openCents: number;
}

/** The lines of the orders that `which` names, as they were sold; the caller has checked whose they are. */
export async function listSoldLines(ctx: Context, which: SQL | undefined): Promise<SoldLine[]> {
  const found = await ctx.db
    .select({ line: orderLines, eventName: events.name, fileName: photos.fileName })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .leftJoin(events, eq(events.id, orderLines.eventId))
    .leftJoin(photos, eq(photos.id, orderLines.photoId))
    .where(which)
    .orderBy(asc(orderLines.orderId), asc(orderLines.position));
  return found.map(({ line, eventName, fileName }) => ({
    lineId: line.id,
    orderId: line.orderId,
    kind: line.kind,
    size: line.size,
    eventName,
    bib: line.bib,
    fileName,
    credits: line.credits,
    priceCents: line.priceCents,
    refundedCents: line.refundedCents,
    openCents: openCents(line),
  }));
}
