import type { Locale } from '#context.ts';
import type { Paper, PaperBlock } from '#platform/pdf/paper.ts';
import { formatCents } from '../orders/mail-frame.ts';
import type { InvoiceContent, InvoiceLine, Party } from './invoice.ts';
import type { invoices } from './tables.ts';

type InvoiceRow = typeof invoices.$inferSelect;

/**
 * What the PDF of an invoice or credit note says: the frozen content in the order's language, equal lines together. The
 * seller's copy does not tell the buyer's mail address.
 */
export function invoicePaper(invoice: InvoiceRow, { sellersCopy }: { sellersCopy: boolean }): Paper {
  const { content, kind, number, issuedAt } = invoice;
  const buyer = sellersCopy ? { ...content.buyer, email: null } : content.buyer;
  const { locale } = content;
  const words = WORDS[locale];
  return {
    title: words.title[kind](number),
    locale,
    createdAt: issuedAt,
    blocks: [
      { kind: 'facts', rows: factsOf(invoice) },
      {
        kind: 'columns',
        columns: [
          { title: words.seller, lines: linesOf(content.seller, locale) },
          { title: words.buyer, lines: linesOf(buyer, locale) },
        ],
      },
      ...tableOf(invoice),
      ...noticesOf(content),
    ],
    footer: `${content.seller.name} · ${words.title[kind](number)}`,
  };
}

function factsOf({ content, kind, issuedAt }: InvoiceRow): { label: string; value: string }[] {
  const { locale, corrects, orderNumber, paidAt } = content;
  const words = WORDS[locale];
  const sold = paidAt === null ? null : formatDay(new Date(paidAt), locale);
  return [
    { label: words.issuedAt, value: formatDay(issuedAt, locale) },
    ...(corrects ? [{ label: words.corrects[kind], value: corrects }] : []),
    ...(sold ? [{ label: words.soldAt, value: sold }] : []),
    { label: words.order, value: orderNumber },
    ...(sold && kind === 'invoice' ? [{ label: words.payment, value: words.paid(sold) }] : []),
  ];
}

function linesOf({ name, address, country, siren, vatNumber, email }: Party, locale: Locale): string[] {
  const words = WORDS[locale];
  const abroad = country === null || country === 'FR' ? null : countryName(country, locale);
  return [
    name,
    ...address.split('\n'),
    abroad ?? '',
    siren ? `${siren.length === 14 ? 'SIRET' : 'SIREN'} ${siren}` : '',
    vatNumber ? `${words.vatNumber} ${vatNumber}` : '',
    email ?? '',
  ].filter(Boolean);
}

function countryName(country: string, locale: Locale): string {
  return new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' }).of(country) ?? country;
}

function tableOf({ content, currency, totalCents, vatCents, kind }: InvoiceRow): PaperBlock[] {
  const { locale, lines } = content;
  const words = WORDS[locale];
  const money = (cents: number) => formatCents(cents, currency, locale);
  const rows = together(lines).map((line) => {
    const net = line.totalCents - line.vatCents;
    const unit = money(Math.round(net / line.quantity));
    const rate = percent(line.vatRateBps, locale);
    return [
      line.label,
      String(line.quantity),
      unit,
      rate,
      money(net),
      money(line.vatCents),
      money(line.totalCents),
    ];
  });
  const right = 'right' as const;
  return [
    {
      kind: 'table',
      columns: [
        { label: words.label, width: 40 },
        { label: words.quantity, width: 8, align: right },
        { label: words.unit, width: 14, align: right },
        { label: words.rate, width: 11, align: right },
        { label: words.net, width: 15, align: right },
        { label: words.vat, width: 13, align: right },
        { label: words.total, width: 15, align: right },
      ],
      rows,
    },
    {
      kind: 'sums',
      rows: [
        { label: words.netSum, value: money(totalCents - vatCents) },
        ...vatByRate(lines).map(({ rateBps, cents }) => ({
          label: `${words.vat} ${percent(rateBps, locale)}`,
          value: money(cents),
        })),
        { label: words.totalSum[kind], value: money(totalCents), strong: true },
      ],
    },
  ];
}

/** Lines that say the same and cost the same are one, with their number. */
function together(lines: InvoiceLine[]): InvoiceLine[] {
  const groups = new Map<string, InvoiceLine>();
  for (const line of lines) {
    const key = JSON.stringify([line.label, line.totalCents / line.quantity, line.vatRateBps]);
    const group = groups.get(key);
    if (!group) groups.set(key, { ...line });
    else {
      group.quantity += line.quantity;
      group.totalCents += line.totalCents;
      group.vatCents += line.vatCents;
    }
  }
  return [...groups.values()];
}

function vatByRate(lines: InvoiceLine[]): { rateBps: number; cents: number }[] {
  const sums = new Map<number, number>();
  for (const { vatRateBps, vatCents } of lines) sums.set(vatRateBps, (sums.get(vatRateBps) ?? 0) + vatCents);
  return [...sums].map(([rateBps, cents]) => ({ rateBps, cents }));
}

function noticesOf({ notices }: InvoiceContent): PaperBlock[] {
  return notices.map((text) => ({ kind: 'text', text }));
}

function percent(bps: number, locale: Locale): string {
  const format = { style: 'percent', maximumFractionDigits: 2 } as const;
  return new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', format).format(bps / 10_000);
}

function formatDay(instant: Date, locale: Locale): string {
  const format = { dateStyle: 'long', timeZone: 'Europe/Paris' } as const;
  return new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', format).format(instant);
}

const WORDS = {
  fr: {
    title: {
      invoice: (number: string) => `Facture ${number}`,
      'credit-note': (number: string) => `Avoir ${number}`,
    },
    issuedAt: 'Date d’émission :',
    soldAt: 'Date de la vente :',
    corrects: { invoice: 'Annule l’avoir :', 'credit-note': 'Rectifie la facture :' },
    order: 'Commande :',
    payment: 'Règlement :',
    paid: (day: string) => `payée le ${day}, reste à payer 0`,
    seller: 'Vendeur',
    buyer: 'Client',
    vatNumber: 'TVA',
    label: 'Désignation',
    quantity: 'Qté',
    unit: 'P.U. HT',
    rate: 'Taux',
    net: 'Total HT',
    vat: 'TVA',
    total: 'Total TTC',
    netSum: 'Total HT',
    totalSum: { invoice: 'Total TTC', 'credit-note': 'Total TTC de l’avoir' },
  },
  en: {
    title: {
      invoice: (number: string) => `Invoice ${number}`,
      'credit-note': (number: string) => `Credit note ${number}`,
    },
    issuedAt: 'Issued on:',
    soldAt: 'Date of sale:',
    corrects: { invoice: 'Undoes credit note:', 'credit-note': 'Corrects invoice:' },
    order: 'Order:',
    payment: 'Payment:',
    paid: (day: string) => `paid on ${day}, nothing left to pay`,
    seller: 'Seller',
    buyer: 'Buyer',
    vatNumber: 'VAT',
    label: 'Description',
    quantity: 'Qty',
    unit: 'Unit net',
    rate: 'Rate',
    net: 'Net',
    vat: 'VAT',
    total: 'Total',
    netSum: 'Total without VAT',
    totalSum: { invoice: 'Total with VAT', 'credit-note': 'Total of the credit note' },
  },
};
