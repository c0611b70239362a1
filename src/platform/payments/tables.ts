import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** The test provider's own books: they stand where a real provider's servers would. */
export const testPaymentIntents = pgTable('test_payment_intents', {
  id: text().primaryKey(),
  idempotencyKey: text().notNull().unique(),
  orderId: text().notNull(),
  amountCents: integer().notNull(),
  currency: text().notNull(),
  state: text({ enum: ['requires-payment', 'processing', 'succeeded', 'failed', 'cancelled'] }).notNull(),
  refundedCents: integer().notNull().default(0),
  /** Known as `secret` in the address of its page. */
  secret: text().notNull(),
  returnUrl: text().notNull(),
  locale: text({ enum: ['fr', 'en'] }).notNull(),
  settlesAt: timestamp({ withTimezone: true }),
  refunds: jsonb().$type<Record<string, { refundId: string; amountCents: number }>>().notNull(),
  createdAt: timestamp({ withTimezone: true }).notNull(),
});
