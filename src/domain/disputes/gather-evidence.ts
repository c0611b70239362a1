import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { requireAdmin } from '../accounts/require-account.ts';
import { events } from '../events/tables.ts';
import { downloads, orderLines, orders, orderVisits, refunds } from '../orders/tables.ts';
import { waiverStatements } from '../orders/waiver.ts';
import { photos } from '../photos/tables.ts';
import type { EvidenceFacts } from './evidence.ts';

/** Of each log: enough to prove, and few enough to read. */
const MOST_SHOWN = 300;

type OrderRow = typeof orders.$inferSelect;

/** What our books hold for one sale against a dispute of it. For the operator; throws 'forbidden' and 'not-found'. */
export async function gatherEvidence(ctx: Context, { orderId }: { orderId: string }): Promise<EvidenceFacts> {
  requireAdmin(ctx);
  const [order] = await ctx.db.select().from(orders).where(eq(orders.id, orderId));
  if (!order) throw new DomainError('not-found', { public: { key: 'orders.missing' } });
  const { locale, number, currency, totalCents, refundedCents, email, billing, paidAt, deliveredAt } = order;
  return {
    locale,
    number,
    currency,
    totalCents,
    refundedCents,
    email,
    billing,
    paidAt,
    deliveredAt,
    placed: { at: order.createdAt, clientAddress: order.clientAddress, userAgent: order.userAgent },
    waiver: {
      version: order.waiverVersion,
      statements: waiverStatements(order.waiverVersion, locale),
      at: order.waivedAt,
    },
    lines: await listLines(ctx, order),
    visits: await listVisits(ctx, order),
    visitCount: await ctx.db.$count(orderVisits, eq(orderVisits.orderId, order.id)),
    downloads: await listDownloads(ctx, order),
    downloadCount: await ctx.db.$count(downloads, eq(downloads.orderId, order.id)),
    ...(await listMails(ctx, order)),
    refunds: await listRefunds(ctx, order),
  };
}

async function listLines(ctx: Context, { id }: OrderRow): Promise<EvidenceFacts['lines']> {
  const lines = await ctx.db
    .select({ line: orderLines, event: events.name, startsAt: events.startsAt, fileName: photos.fileName })
    .from(orderLines)
    .leftJoin(events, eq(events.id, orderLines.eventId))
    .leftJoin(photos, eq(photos.id, orderLines.photoId))
    .where(eq(orderLines.orderId, id))
    .orderBy(asc(orderLines.position))
    .limit(MOST_SHOWN);
  return lines.map(({ line, event, startsAt, fileName }) => ({
    event,
    day: startsAt?.toISOString().slice(0, 10) ?? null,
    kind: line.kind,
    size: line.size,
    bib: line.bib,
    fileName,
    credits: line.credits,
    priceCents: line.priceCents,
  }));
}

async function listVisits(ctx: Context, { id }: OrderRow): Promise<EvidenceFacts['visits']> {
  return ctx.db
    .select({
      at: orderVisits.at,
      clientAddress: orderVisits.clientAddress,
      userAgent: orderVisits.userAgent,
    })
    .from(orderVisits)
    .where(eq(orderVisits.orderId, id))
    .orderBy(asc(orderVisits.at))
    .limit(MOST_SHOWN);
}

async function listDownloads(ctx: Context, { id }: OrderRow): Promise<EvidenceFacts['downloads']> {
  const taken = await ctx.db
    .select()
    .from(downloads)
    .where(eq(downloads.orderId, id))
    .orderBy(asc(downloads.at))
    .limit(MOST_SHOWN);
  const photoIds = taken.flatMap((one) => (one.photoId ? [one.photoId] : []));
  const named = await ctx.db
    .select({ id: photos.id, fileName: photos.fileName })
    .from(photos)
    .where(and(inArray(photos.id, photoIds)));
  const names = new Map(named.map((photo) => [photo.id, photo.fileName]));
  return taken.map(({ at, clientAddress, userAgent, photoId, size }) => ({
    at,
    clientAddress,
    userAgent,
    size,
    fileName: photoId === null ? null : (names.get(photoId) ?? photoId),
  }));
}

async function listMails(
  ctx: Context,
  { id }: OrderRow,
): Promise<Pick<EvidenceFacts, 'mails' | 'confirmedAt'>> {
  const mails = await ctx.mail.listByKey({ prefix: `order/${id}/`, limit: 100 });
  const sent = mails.filter((mail) => mail.state === 'sent');
  return {
    mails: sent.map(({ createdAt: at, sentAt, to, subject }) => ({ at, sentAt, to, subject })),
    confirmedAt: sent.find((mail) => mail.kind === 'order-ready')?.sentAt ?? null,
  };
}

async function listRefunds(ctx: Context, { id }: OrderRow): Promise<EvidenceFacts['refunds']> {
  return ctx.db
    .select({ at: refunds.createdAt, amountCents: refunds.amountCents, state: refunds.state })
    .from(refunds)
    .where(and(eq(refunds.orderId, id), inArray(refunds.state, ['pending', 'succeeded'])))
    .orderBy(asc(refunds.createdAt));
}
