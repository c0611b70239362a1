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
  label: string;
  quantity: number;
  /** All amounts are minor units, VAT included; the net follows from the rate. */
  totalCents: number;
  vatCents: number;
  vatRateBps: number;
}

/** What stands on an invoice, frozen when it is issued, in the language of the order. */
export interface InvoiceContent {
  locale: 'fr' | 'en';
  orderNumber: string;
  seller: Party;
  /** The platform, when it issues in the seller's name. */
  issuedBy: Party | null;
  buyer: Party;
  lines: InvoiceLine[];
  /** Such as "TVA non applicable, art. 293 B du CGI". */
  notices: string[];
  /** Of the invoice that a credit note takes back. */
  corrects: string | null;
  paidAt: string | null;
}
