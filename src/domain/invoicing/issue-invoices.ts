import { eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { findIssuer } from './find-issuer.ts';
import { type InvoiceContent, invoiceNumber, PLATFORM, yearOf } from './invoice.ts';
import { noticesOf, platformParty } from './issuer.ts';
import { type PlannedPaper, planCorrection, planInvoice, sumOf } from './plan-papers.ts';
import { listPapers, readSale, type Sale } from './read-sale.ts';
import { invoiceSeries, invoices } from './tables.ts';

export interface Issuing {
  /** Papers made now. */
  issued: number;
  /** Issuers of whom it is not known yet who they are before the tax office. */
  waiting: string[];
}

/** Of one order and issuer: an invoice and its corrections. */
const MOST_PAPERS = 1_000;

/**
 * Issues what is due for a paid order: one invoice for each issuer, a credit note for each succeeded refund and issuer, and an
 * invoice again for a refund that failed after its credit note. Safe to run twice and at once; a free order has none.
 */
export async function issueInvoices(ctx: Context, { orderId }: { orderId: string }): Promise<Issuing> {
  const sale = await readSale(ctx, orderId);
  const waiting: string[] = [];
  let issued = 0;
  if (!sale) return { issued, waiting };
  for (const issuer of [...sale.linesByIssuer.keys()].toSorted()) {
    const vatRateBps = (await findIssuer(ctx, issuer))?.vatRateBps ?? null;
    if (vatRateBps === null && !sale.issued.some((paper) => paper.issuer === issuer)) {
      const costs = sale.linesByIssuer.get(issuer)?.some((line) => line.priceCents > 0);
      if (costs) waiting.push(issuer);
      continue;
    }
    for (let round = 0; round < MOST_PAPERS && nextPaper(sale, issuer, vatRateBps) !== null; round += 1) {
      const made = await inTransaction(ctx, (tx) => issueNext(tx, { orderId, issuer }));
      // A refund moved meanwhile, and nothing is due any more: whoever moved it asks again.
      if (made === 0) break;
      issued += made;
      sale.issued = await listPapers(ctx, orderId);
    }
  }
  return { issued, waiting };
}

function nextPaper(sale: Sale, issuer: string, vatRateBps: number | null): PlannedPaper | null {
  const issued = sale.issued.filter((paper) => paper.issuer === issuer);
  const facts = { orderId: sale.order.id, issuer, issued };
  const lines = sale.linesByIssuer.get(issuer) ?? [];
  const invoice = vatRateBps === null ? null : planInvoice(facts, { lines, vatRateBps });
  return invoice ?? planCorrection(facts, sale.refunds);
}

/** Its number is given under the lock of its series, with everything read again: a rolled-back one leaves no gap. */
async function issueNext(
  tx: Context,
  { orderId, issuer }: { orderId: string; issuer: string },
): Promise<number> {
  const year = yearOf(tx.clock.now());
  const series = `${issuer}/${year}`;
  const place = await lockSeries(tx, series);
  const sale = await readSale(tx, orderId);
  const by = await findIssuer(tx, issuer);
  const planned = sale && nextPaper(sale, issuer, by?.vatRateBps ?? null);
  if (!planned) return 0;
  await tx.db.insert(invoices).values({
    id: tx.random.id(),
    kind: planned.kind,
    issuer,
    issuerOrganisationId: issuer === PLATFORM ? null : issuer,
    number: invoiceNumber(year, place),
    orderId,
    invoiceId: planned.invoiceId,
    uniqueKey: planned.uniqueKey,
    content: contentOf(tx, { sale, planned, issuer, by }),
    ...sumOf(planned.lines),
    currency: sale.order.currency,
    issuedAt: tx.clock.now(),
  });
  await tx.db
    .update(invoiceSeries)
    .set({ nextNumber: place + 1 })
    .where(eq(invoiceSeries.issuer, series));
  return 1;
}

async function lockSeries(tx: Context, series: string): Promise<number> {
  await tx.db.insert(invoiceSeries).values({ issuer: series, nextNumber: 1 }).onConflictDoNothing();
  const [row] = await tx.db
    .select({ nextNumber: invoiceSeries.nextNumber })
    .from(invoiceSeries)
    .where(eq(invoiceSeries.issuer, series))
    .for('update');
  if (!row) throw new Error(`no series ${series}`);
  return row.nextNumber;
}

interface Drafted {
  sale: Sale;
  planned: PlannedPaper;
  issuer: string;
  by: Awaited<ReturnType<typeof findIssuer>>;
}

/** A correction bears the same parties as what it corrects, whatever they are called by now. */
function contentOf(tx: Context, { sale, planned, issuer, by }: Drafted): InvoiceContent {
  const { order, buyer, professional } = sale;
  const before = sale.issued.find((paper) => paper.issuer === issuer)?.content;
  const frozen = { locale: order.locale, orderNumber: order.number, lines: planned.lines };
  const paidAt = order.paidAt?.toISOString() ?? null;
  if (before) {
    return { ...before, ...frozen, corrects: planned.corrects };
  }
  if (!by) throw new Error('an invoice without issuer');
  const issuedBy = issuer === PLATFORM ? null : platformParty(tx.config);
  const notices = noticesOf({ issuer: by, issuedBy, professional, locale: order.locale });
  return { ...frozen, seller: by.party, issuedBy, buyer, notices, corrects: null, paidAt };
}
