import { index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const outboxMails = pgTable(
  'outbox_mails',
  {
    id: uuid().primaryKey(),
    uniqueKey: text().notNull().unique(),
    kind: text().notNull(),
    recipient: text().notNull(),
    locale: text({ enum: ['fr', 'en'] }).notNull(),
    subject: text().notNull(),
    text: text().notNull(),
    html: text().notNull(),
    state: text({ enum: ['waiting', 'sent', 'kept', 'failed', 'dropped'] }).notNull(),
    attempts: integer().notNull().default(0),
    lastError: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    sentAt: timestamp({ withTimezone: true }),
  },
  (table) => [index().on(table.state, table.createdAt), index().on(table.createdAt)],
);
