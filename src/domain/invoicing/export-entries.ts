import { and, asc, eq, gte, lt } from 'drizzle-orm';
import { z } from 'zod';
import type { Context, Locale } from '#context.ts';
import { CSV_MARK, csvRow } from '#platform/csv.ts';
import { DomainError } from '#platform/errors.ts';
import { dayStart, parisDay } from '#platform/paris-day.ts';
import { parseInput } from '#platform/parse-input.ts';
import { orders, payments } from '../orders/tables.ts';
import type { InvoiceContent } from './invoice.ts';
import { withinScope } from './list-invoices.ts';
import { invoices } from './tables.ts';

/** A year of a busy seller; a longer file is asked for in parts. */
const MOST_PAPERS = 20_000;
const DAY_MS = 24 * 3600_000;

const day = z.iso.date();

export const exportEntriesInput = z
  .object({
    of: z.enum(['organisation', 'all']).default('organisation'),
    /** Days in France, both included. */
    from: day,
    to: day,
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'input.wrong' });

const HEADINGS: Record<Locale, string[]> = {
  fr: [
    'date',
    'numéro',
    'nature',
    'émetteur',
    'commande',
    'montant HT',
    'taux TVA %',
    'TVA',
    'montant TTC',
    'devise',
    'référence de paiement',
  ],
  en: [
    'date',
    'number',
    'kind',
    'issuer',
    'order',
    'net',
    'VAT rate %',
    'VAT',
    'gross',
    'currency',
    'payment reference',
  ],
};
const KINDS = {
  fr: { invoice: 'facture', 'credit-note': 'avoir' },
  en: { invoice: 'invoice', 'credit-note': 'credit note' },
} as const;

/**
 * Accounting entries as CSV: one row for each invoice or credit note and VAT rate, oldest first, credit notes negative. Throws
 * 'forbidden' for a scope that is not the actor's, and 'too-large' past 20,000 papers.
 */
export async function exportEntries(
  ctx: Context,
  input: Record<keyof z.input<typeof exportEntriesInput>, string | undefined>,
): Promise<{ fileName: string; text: string }> {
  const { of, from, to } = parseInput(exportEntriesInput, input);
  const scope = withinScope(ctx, { kind: of });
  const found = await ctx.db
    .select({ invoice: invoices, orderNumber: orders.number, intentId: payments.intentId })
    .from(invoices)
    .innerJoin(orders, eq(orders.id, invoices.orderId))
    .leftJoin(payments, eq(payments.orderId, orders.id))
    .where(and(scope, gte(invoices.issuedAt, dayStart(from)), lt(invoices.issuedAt, dayAfter(to))))
    .orderBy(asc(invoices.issuedAt), asc(invoices.issuer), asc(invoices.number))
    .limit(MOST_PAPERS + 1);
  if (found.length > MOST_PAPERS) {
    throw new DomainError('too-large', {
      public: { key: 'invoicing.exportTooLong', values: { max: MOST_PAPERS } },
    });
  }
  const rows = found.flatMap(({ invoice, orderNumber, intentId }) => {
    const { kind, number, content, currency, issuedAt } = invoice;
    const sign = kind === 'invoice' ? 1 : -1;
    const amount = (cents: number) => toUnits(sign * cents, currency);
    return byRate(content).map(({ rateBps, totalCents, vatCents }) => [
      parisDay(issuedAt),
      number,
      KINDS[ctx.locale][kind],
      content.seller.name,
      orderNumber,
      amount(totalCents - vatCents),
      rateBps / 100,
      amount(vatCents),
      amount(totalCents),
      currency.toUpperCase(),
      intentId ?? '',
    ]);
  });
  const fileName = `focus-racer-${ctx.locale === 'fr' ? 'ecritures' : 'entries'}-${from}-${to}.csv`;
  return { fileName, text: CSV_MARK + [HEADINGS[ctx.locale], ...rows].map(csvRow).join('') };
}

function dayAfter(last: string): Date {
  const next = new Date(Date.parse(`${last}T00:00:00Z`) + DAY_MS);
  return dayStart(next.toISOString().slice(0, 10));
}

function byRate({ lines }: InvoiceContent): { rateBps: number; totalCents: number; vatCents: number }[] {
  const sums = new Map<number, { rateBps: number; totalCents: number; vatCents: number }>();
  for (const { vatRateBps: rateBps, totalCents, vatCents } of lines) {
    const sum = sums.get(rateBps) ?? { rateBps, totalCents: 0, vatCents: 0 };
    sums.set(rateBps, {
      rateBps,
      totalCents: sum.totalCents + totalCents,
      vatCents: sum.vatCents + vatCents,
    });
  }
  return [...sums.values()];
}

/** `12.3` for 1230 cents; whole units where a currency has no smaller ones. */
function toUnits(cents: number, currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency.toUpperCase() });
  return cents / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
}
