import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { organisations } from '../accounts/tables.ts';
import { photos } from '../photos/tables.ts';

/** Never negative: the database itself refuses. */
export const creditBalances = pgTable(
  'credit_balances',
  {
    organisationId: uuid()
      .primaryKey()
      .references(() => organisations.id),
    credits: integer().notNull(),
  },
  (table) => [check('credit_balances_not_negative', sql`${table.credits} >= 0`)],
);

/** Every movement; the balance is their sum. A photo has at most one debit and one refund. */
export const creditEntries = pgTable(
  'credit_entries',
  {
    id: uuid().primaryKey(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    kind: text({ enum: ['grant', 'purchase', 'debit', 'refund', 'purchase-undone'] }).notNull(),
    /** Added to the balance: negative for a debit. */
    credits: integer().notNull(),
    photoId: uuid().references(() => photos.id),
    /** Makes a movement happen once: 'debit/<photo id>', 'refund/<photo id>', 'welcome/<organisation id>', 'purchase/<order line id>'. */
    uniqueKey: text().notNull(),
    reason: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [uniqueIndex().on(table.uniqueKey), index().on(table.organisationId, table.createdAt)],
);
