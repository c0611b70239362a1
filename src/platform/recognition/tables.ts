import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** When the next call of an operation may leave, whichever process makes it. */
export const recognitionTurns = pgTable('recognition_turns', {
  operation: text().primaryKey(),
  freeAt: timestamp({ withTimezone: true }).notNull(),
});
