import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { organisations, users } from '../accounts/tables.ts';
import { checkpoints, events, races } from '../events/tables.ts';
import type { ColumnMapping } from './start-list.ts';

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
    /** What the runner said of photos of them, as the organiser's list has it; null where it says nothing. */
    photoConsent: boolean(),
    faceConsent: boolean(),
    photoOptOut: boolean(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    unique('start_list_entries_event_race_bib').on(table.eventId, table.raceId, table.bib).nullsNotDistinct(),
    index().on(table.eventId, table.bib),
    index().on(table.eventId, table.nameSearch),
    index('start_list_entries_words').using('gin', sql`string_to_array(${table.nameSearch}, ' ')`),
    // Asked for every published tag: it holds the few who refuse, not the list.
    index('start_list_entries_refusals')
      .on(table.eventId, table.bib)
      .where(sql`${table.photoOptOut} is true or ${table.photoConsent} is false`),
  ],
);

/** A runner who got another bib: the entry is the same one. */
export const bibChanges = pgTable(
  'bib_changes',
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    entryId: uuid()
      .notNull()
      .references(() => startListEntries.id, { onDelete: 'cascade' }),
    fromBib: text().notNull(),
    toBib: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    by: text().references(() => users.id, { onDelete: 'set null' }),
  },
  (table) => [index().on(table.eventId, table.at), index().on(table.entryId)],
);

/** What the columns under these headings hold, as somebody of the organisation once said. */
export const columnMappings = pgTable(
  'column_mappings',
  {
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    /** SHA-256 of the headings in their order. */
    headings: text().notNull(),
    mapping: jsonb().$type<ColumnMapping>().notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.headings] })],
);

/** A runner timed at a checkpoint, as imported from timing software. */
export const passages = pgTable(
  'passages',
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    raceId: uuid().references(() => races.id, { onDelete: 'set null' }),
    bib: text().notNull(),
    checkpointId: uuid()
      .notNull()
      .references(() => checkpoints.id, { onDelete: 'cascade' }),
    /** From 1: the how manieth time here. */
    lap: integer().notNull(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    kind: text({ enum: ['gun', 'chip', 'manual'] }).notNull(),
    /** The format of the file it came from. */
    source: text({ enum: ['clax', 'race-result', 'elogica', 'livetrail', 'table'] }).notNull(),
    /** How finely the file wrote it. */
    precisionMs: integer().notNull(),
    importedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    unique('passages_event_runner_place')
      .on(table.eventId, table.raceId, table.bib, table.checkpointId, table.lap)
      .nullsNotDistinct(),
    index().on(table.eventId, table.checkpointId, table.at),
    index().on(table.eventId, table.bib),
  ],
);

/** When a runner is expected at a place where photos are taken: a checkpoint, or a spot between two. Worked out from the
 *  passages, so always made anew and never edited. */
export const expectedPassages = pgTable(
  'expected_passages',
  {
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    /** Of a checkpoint or a photo spot. */
    placeId: uuid().notNull(),
    raceId: uuid().references(() => races.id, { onDelete: 'cascade' }),
    bib: text().notNull(),
    lap: integer().notNull(),
    expectedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    /** One deviation, ms: small where a mat lies, larger between two. */
    spreadMs: integer().notNull(),
  },
  (table) => [
    unique('expected_passages_place_runner')
      .on(table.placeId, table.raceId, table.bib, table.lap)
      .nullsNotDistinct(),
    index().on(table.placeId, table.expectedAt),
    index().on(table.eventId, table.bib),
  ],
);
