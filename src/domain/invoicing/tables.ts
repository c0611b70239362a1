import {
  type AnyPgColumn,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { organisations } from '../accounts/tables.ts';
import { orders } from '../orders/tables.ts';
import type { InvoiceContent } from './invoice.ts';

/** Who a seller is before the law and the tax office. */
export const taxProfiles = pgTable('tax_profiles', {
  organisationId: uuid()
    .primaryKey()
    .references(() => organisations.id),
  legalName: text().notNull(),
  /** Lines as they stand on a letter. */
  address: text().notNull(),
  /** ISO 3166-1, two letters. */
  country: text().notNull(),
  /** SIREN or SIRET, digits alone. */
  siren: text(),
  /** `exempt-293b`: "TVA non applicable, art. 293 B du CGI". `association`: not subject to VAT. */
  vatRegime: text({ enum: ['exempt-293b', 'standard', 'association'] }).notNull(),
  vatNumber: text(),
  /** Ten thousandths; 0 where no VAT applies. */
  vatRateBps: integer().notNull(),
  updatedAt: timestamp({ withTimezone: true }).notNull(),
});

/** The next number of each issuer: its row is locked while one is given, so that none is missing. */
export const invoiceSeries = pgTable('invoice_series', {
  /** An organisation's id, or `platform`; with the year. */
  issuer: text().primaryKey(),
  nextNumber: integer().notNull(),
});

/** Invoices and credit notes as issued. Never changed: a mistake is mended by a credit note. */
export const invoices = pgTable(
  'invoices',
  {
    id: uuid().primaryKey(),
    kind: text({ enum: ['invoice', 'credit-note'] }).notNull(),
    issuer: text().notNull(),
    /** Null: the platform. */
    issuerOrganisationId: uuid().references(() => organisations.id),
    number: text().notNull(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    /** What a credit note takes back. */
    invoiceId: uuid().references((): AnyPgColumn => invoices.id),
    /** Makes it once: `invoice/<order>/<issuer>`, `credit-note/<refund>/<issuer>`. */
    uniqueKey: text().notNull().unique(),
    /** Everything that stands on it, frozen. */
    content: jsonb().$type<InvoiceContent>().notNull(),
    totalCents: integer().notNull(),
    vatCents: integer().notNull(),
    currency: text().notNull(),
    issuedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex().on(table.issuer, table.number),
    index().on(table.orderId),
    index().on(table.issuerOrganisationId, table.issuedAt),
  ],
);
