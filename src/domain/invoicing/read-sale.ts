import { asc, eq, inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from '../events/tables.ts';
import { orderLines, orders, refundLines, refunds } from '../orders/tables.ts';
import type { Party } from './invoice.ts';
import { issuerOfLine } from './issuer.ts';
import { lineLabel } from './line-label.ts';
import type { IssuedPaper, RefundFacts, SoldLine } from './plan-papers.ts';
import { invoices, taxProfiles } from './tables.ts';

type OrderRow = typeof orders.$inferSelect;

export interface Sale {
  order: OrderRow;
  /** By issuer: where a line was invoiced once it stays, whatever the mode of sale is by now. */
  linesByIssuer: Map<string, SoldLine[]>;
  refunds: RefundFacts[];
  issued: (IssuedPaper & { issuer: string })[];
  buyer: Party;
  professional: boolean;
}

/** All of an order that invoices speak of. Null for one that is not paid, or free. */
export async function readSale(ctx: Context, orderId: string): Promise<Sale | null> {
  const [order] = await ctx.db.select().from(orders).where(eq(orders.id, orderId));
  if (!order || order.paidAt === null || order.totalCents === 0) return null;
  const issued = await listPapers(ctx, orderId);
  const lines = await listLines(ctx, orderId);
  const linesByIssuer = new Map<string, SoldLine[]>();
  for (const line of lines) {
    const issuer = invoicedBy(issued, line.id) ?? issuerOfLine(ctx.config, sellerOf(line));
    const label = lineLabel(line, order.locale);
    const sold = { lineId: line.id, label, quantity: 1, priceCents: line.priceCents };
    linesByIssuer.set(issuer, [...(linesByIssuer.get(issuer) ?? []), sold]);
  }
  const creditsFor = lines.find((line) => line.creditsFor !== null)?.creditsFor ?? null;
  return {
    order,
    linesByIssuer,
    refunds: await listRefunds(ctx, orderId),
    issued,
    buyer: await findBuyer(ctx, order, creditsFor),
    professional: creditsFor !== null || Boolean(order.billing?.vatNumber),
  };
}

async function listLines(ctx: Context, orderId: string) {
  const found = await ctx.db
    .select({ line: orderLines, eventName: events.name, organisationId: events.organisationId })
    .from(orderLines)
    .leftJoin(events, eq(events.id, orderLines.eventId))
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position));
  return found.map(({ line, ...event }) => ({ ...line, ...event }));
}

/** Orders from before shares were kept are of the event's owner; a line without event is the platform's. */
function sellerOf(line: Awaited<ReturnType<typeof listLines>>[number]): string | null {
  return line.terms ? line.terms.sellerId : line.organisationId;
}

function invoicedBy(issued: Sale['issued'], lineId: string): string | null {
  const paper = issued.find(({ content }) => content.lines.some((line) => line.lineId === lineId));
  return paper?.issuer ?? null;
}

export async function listPapers(ctx: Context, orderId: string): Promise<Sale['issued']> {
  return ctx.db
    .select({
      id: invoices.id,
      issuer: invoices.issuer,
      kind: invoices.kind,
      uniqueKey: invoices.uniqueKey,
      number: invoices.number,
      invoiceId: invoices.invoiceId,
      content: invoices.content,
    })
    .from(invoices)
    .where(eq(invoices.orderId, orderId))
    .orderBy(asc(invoices.issuedAt), asc(invoices.number));
}

async function listRefunds(ctx: Context, orderId: string): Promise<RefundFacts[]> {
  const rows = await ctx.db
    .select({ refundId: refunds.id, state: refunds.state })
    .from(refunds)
    .where(eq(refunds.orderId, orderId))
    .orderBy(asc(refunds.createdAt), asc(refunds.id));
  if (rows.length === 0) return [];
  const parts = await ctx.db
    .select()
    .from(refundLines)
    .where(
      inArray(
        refundLines.refundId,
        rows.map((row) => row.refundId),
      ),
    );
  return rows.map((row) => ({
    ...row,
    parts: parts
      .filter(({ refundId }) => refundId === row.refundId)
      .map(({ lineId, amountCents }) => ({ lineId, amountCents })),
  }));
}

/**
 * As given for the invoice; a pro who buys credits by their tax profile; else the order's number, for who sells need not know
 * who bought. The mail address stands on the buyer's own copy alone.
 */
async function findBuyer(ctx: Context, order: OrderRow, creditsFor: string | null): Promise<Party> {
  const { email, billing } = order;
  if (billing) return { ...billing, siren: null, email };
  const [profile] = creditsFor
    ? await ctx.db.select().from(taxProfiles).where(eq(taxProfiles.organisationId, creditsFor))
    : [];
  if (!profile) {
    const name = NAMELESS[order.locale](order.number);
    return { name, address: '', country: null, siren: null, vatNumber: null, email };
  }
  const { legalName: name, address, country, siren, vatNumber } = profile;
  return { name, address, country, siren, vatNumber, email };
}

const NAMELESS = {
  fr: (orderNumber: string) => `Client, commande ${orderNumber}`,
  en: (orderNumber: string) => `Buyer, order ${orderNumber}`,
};
