import { index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { orders } from '../orders/tables.ts';

/** A buyer's statement that they withdraw from the contract, and what came of it. Never changed. */
export const withdrawals = pgTable(
  'withdrawals',
  {
    id: uuid().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    /** As typed: the acknowledgement goes there and to the order's address. */
    name: text().notNull(),
    email: text().notNull(),
    outcome: text({ enum: ['refunded', 'partly-refunded', 'right-ended'] }).notNull(),
    /** Why the right had ended for what is not paid back. */
    endedBy: text({ enum: ['waived-and-available', 'period-over', 'already-refunded'] }),
    refundId: uuid(),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.orderId)],
);
