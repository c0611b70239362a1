import { integer, pgTable, text } from 'drizzle-orm/pg-core';

/** The last turn given to each share key (an event): what makes their jobs take turns. */
export const queueTurns = pgTable('queue_turns', {
  /** '<lane>/<share key>' */
  key: text().primaryKey(),
  lane: text().notNull(),
  turn: integer().notNull(),
});
