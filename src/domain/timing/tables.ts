import { boolean, index, integer, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { events, races } from '../events/tables.ts';

/** One runner of the start list. A bib is a string: zeros and letters are kept. */
export const startListEntries = pgTable(
  'start_list_entries',
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    raceId: uuid().references(() => races.id, { onDelete: 'set null' }),
    bib: text().notNull(),
    firstName: text().notNull(),
    lastName: text().notNull(),
    /** Lower case, without accents, first name then last name and the reverse: what name search reads. */
    nameSearch: text().notNull(),
    gender: text({ enum: ['F', 'M', 'X'] }),
    category: text(),
    club: text(),
    birthYear: integer(),
    isMinor: boolean().notNull().default(false),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    unique('start_list_entries_event_race_bib').on(table.eventId, table.raceId, table.bib).nullsNotDistinct(),
    index().on(table.eventId, table.bib),
    index().on(table.eventId, table.nameSearch),
  ],
);
