import { boolean, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { orders } from '../orders/tables.ts';

/** A buyer's bank takes the money back and asks why it should not. */
export const disputes = pgTable(
  'disputes',
  {
    /** The provider's. */
    id: text().primaryKey(),
    orderId: uuid().references(() => orders.id),
    intentId: text(),
    amountCents: integer().notNull(),
    currency: text().notNull(),
    /** In the provider's words, such as `fraudulent`. */
    reason: text().notNull(),
    state: text({ enum: ['needs-response', 'under-review', 'won', 'lost'] }).notNull(),
    fundsWithdrawn: boolean().notNull().default(false),
    respondBy: timestamp({ withTimezone: true }),
    submissions: integer().notNull().default(0),
    openedAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.orderId), index().on(table.state, table.respondBy)],
);

/** The card's issuer thinks that it was not the holder who paid. */
export const fraudWarnings = pgTable(
  'fraud_warnings',
  {
    id: text().primaryKey(),
    orderId: uuid().references(() => orders.id),
    intentId: text(),
    /** A refund now would spare a dispute. */
    actionable: boolean().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    /** A person has dealt with it. */
    closedAt: timestamp({ withTimezone: true }),
  },
  (table) => [index().on(table.orderId)],
);
