import type { Locale } from '#context.ts';

/** In whose numbering an invoice stands: an organisation's id, or this. */
export const PLATFORM = 'platform';

export interface Party {
  name: string;
  /** Lines as they stand on a letter; empty for a buyer who gave none. */
  address: string;
  country: string | null;
  siren: string | null;
  vatNumber: string | null;
  email: string | null;
}

export interface InvoiceLine {
  /** Of the order. */
  lineId: string;
  label: string;
  quantity: number;
  /** All amounts are minor units, VAT included; the net follows from the rate. */
  totalCents: number;
  vatCents: number;
  vatRateBps: number;
}

/** What stands on an invoice, frozen when it is issued, in the language of the order. */
export interface InvoiceContent {
  locale: Locale;
  orderNumber: string;
  seller: Party;
  /** The platform, when it issues in the seller's name. */
  issuedBy: Party | null;
  buyer: Party;
  lines: InvoiceLine[];
  /** Such as "TVA non applicable, art. 293 B du CGI". */
  notices: string[];
  /** Number of the invoice that a credit note takes back, or of the credit note that a later invoice undoes. */
  corrects: string | null;
  /** ISO instant: the day of the sale. */
  paidAt: string | null;
}

export type InvoiceKind = 'invoice' | 'credit-note';

/** Years begin where the numbers are read: in France. */
export function yearOf(instant: Date): number {
  return Number(new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'Europe/Paris' }).format(instant));
}

/** Invoices and credit notes of an issuer and year share one series, apart from any that the seller writes by hand. */
export function invoiceNumber(year: number, place: number): string {
  return `FC${year}-${String(place).padStart(5, '0')}`;
}

export const uniqueKeys = {
  invoice: (orderId: string, issuer: string) => `invoice/${orderId}/${issuer}`,
  creditNote: (refundId: string, issuer: string) => `credit-note/${refundId}/${issuer}`,
  /** A refund failed after its credit note: the amount is invoiced again. */
  again: (refundId: string, issuer: string) => `invoice-again/${refundId}/${issuer}`,
};

/** The file of an invoice for those who are signed in, and for whoever holds the order's link. */
export function invoiceUrl(invoiceId: string, secret?: string): string {
  return secret ? `/api/invoices/orders/${secret}/${invoiceId}` : `/api/invoices/${invoiceId}`;
}
