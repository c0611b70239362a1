import { index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

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

/** All else that the test provider keeps: what was asked for under a key, and what came of it. */
export const testProviderObjects = pgTable(
  'test_provider_objects',
  {
    id: text().primaryKey(),
    kind: text({
      enum: ['seller', 'onboarding', 'transfer', 'reversal', 'dispute', 'evidence', 'cancel'],
    }).notNull(),
    idempotencyKey: text().notNull().unique(),
    /** The seller, transfer or payment it belongs to. */
    parentId: text(),
    request: jsonb().$type<Record<string, unknown>>().notNull(),
    amountCents: integer().notNull().default(0),
    /** A seller is 'ready'; a dispute is as the port says. */
    state: text({ enum: ['new', 'ready', 'needs-response', 'under-review', 'won', 'lost'] }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.parentId)],
);
