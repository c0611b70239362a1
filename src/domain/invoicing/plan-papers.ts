import { type InvoiceContent, type InvoiceKind, type InvoiceLine, uniqueKeys } from './invoice.ts';
import { splitVat, vatTakenBack } from './split-vat.ts';

export interface SoldLine {
  lineId: string;
  label: string;
  quantity: number;
  priceCents: number;
}

export interface IssuedPaper {
  id: string;
  kind: InvoiceKind;
  uniqueKey: string;
  number: string;
  invoiceId: string | null;
  content: InvoiceContent;
}

/** `failed` ones came back from the bank. */
export interface RefundFacts {
  refundId: string;
  state: 'asked' | 'pending' | 'succeeded' | 'failed';
  parts: { lineId: string; amountCents: number }[];
}

export interface PlannedPaper {
  kind: InvoiceKind;
  uniqueKey: string;
  /** Of the invoice that a credit note takes back. */
  invoiceId: string | null;
  corrects: string | null;
  lines: InvoiceLine[];
}

interface OrderFacts {
  orderId: string;
  issuer: string;
  /** All papers of the order and issuer. */
  issued: IssuedPaper[];
}

/** The invoice of an issuer's lines, if there is none yet; null when nothing of them costs anything. */
export function planInvoice(
  { orderId, issuer, issued }: OrderFacts,
  { lines, vatRateBps }: { lines: SoldLine[]; vatRateBps: number },
): PlannedPaper | null {
  const uniqueKey = uniqueKeys.invoice(orderId, issuer);
  if (issued.some((paper) => paper.uniqueKey === uniqueKey)) return null;
  if (lines.every((line) => line.priceCents === 0)) return null;
  const prices = lines.map((line) => line.priceCents);
  const vats = splitVat(prices, vatRateBps);
  return {
    kind: 'invoice',
    uniqueKey,
    invoiceId: null,
    corrects: null,
    lines: lines.map(({ lineId, label, quantity, priceCents }, place) => ({
      lineId,
      label,
      quantity,
      totalCents: priceCents,
      vatCents: vats[place] ?? 0,
      vatRateBps,
    })),
  };
}

/**
 * The next paper that follows from refunds: a credit note of one that succeeded, or the same again as an invoice of one that
 * failed after it. One at a time, since each one's VAT depends on those before.
 */
export function planCorrection(
  { orderId, issuer, issued }: OrderFacts,
  refunds: RefundFacts[],
): PlannedPaper | null {
  const first = issued.find((paper) => paper.uniqueKey === uniqueKeys.invoice(orderId, issuer));
  if (!first) return null;
  for (const refund of refunds) {
    const note = issued.find((paper) => paper.uniqueKey === uniqueKeys.creditNote(refund.refundId, issuer));
    const planned =
      refund.state === 'succeeded' && !note
        ? creditNote(first, issued, refund, issuer)
        : again(note, issued, refund, issuer);
    if (planned) return planned;
  }
  return null;
}

function creditNote(
  first: IssuedPaper,
  issued: IssuedPaper[],
  refund: RefundFacts,
  issuer: string,
): PlannedPaper | null {
  const lines = first.content.lines.flatMap((line) => {
    const part = refund.parts.find(({ lineId }) => lineId === line.lineId);
    if (!part || part.amountCents === 0) return [];
    const before = takenBackBefore(issued, line.lineId);
    const vatCents = vatTakenBack(line, before, part.amountCents);
    return [{ ...line, quantity: 1, totalCents: part.amountCents, vatCents }];
  });
  if (lines.length === 0) return null;
  return {
    kind: 'credit-note',
    uniqueKey: uniqueKeys.creditNote(refund.refundId, issuer),
    invoiceId: first.id,
    corrects: first.number,
    lines,
  };
}

function again(
  note: IssuedPaper | undefined,
  issued: IssuedPaper[],
  refund: RefundFacts,
  issuer: string,
): PlannedPaper | null {
  const uniqueKey = uniqueKeys.again(refund.refundId, issuer);
  if (!note || refund.state !== 'failed' || issued.some((paper) => paper.uniqueKey === uniqueKey))
    return null;
  return { kind: 'invoice', uniqueKey, invoiceId: note.id, corrects: note.number, lines: note.content.lines };
}

/** What credit notes took back of a line, less what was invoiced again. */
function takenBackBefore(issued: IssuedPaper[], lineId: string): { totalCents: number; vatCents: number } {
  const before = { totalCents: 0, vatCents: 0 };
  for (const { kind, invoiceId, content } of issued) {
    if (invoiceId === null) continue;
    const sign = kind === 'credit-note' ? 1 : -1;
    for (const line of content.lines.filter((one) => one.lineId === lineId)) {
      before.totalCents += sign * line.totalCents;
      before.vatCents += sign * line.vatCents;
    }
  }
  return before;
}

export function sumOf(lines: InvoiceLine[]): { totalCents: number; vatCents: number } {
  return {
    totalCents: lines.reduce((sum, line) => sum + line.totalCents, 0),
    vatCents: lines.reduce((sum, line) => sum + line.vatCents, 0),
  };
}
