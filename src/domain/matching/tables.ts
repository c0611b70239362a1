import {
  doublePrecision,
  index,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { users } from '../accounts/tables.ts';
import { events } from '../events/tables.ts';
import { photos } from '../photos/tables.ts';
import { startListEntries } from '../timing/tables.ts';

/** Normalised to the upright image, origin top left, 0..1. */
export interface BoxNorm {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** What the engine saw on a photo, kept and dropped alike. Replaced as a whole by (photo, engine version). */
export const bibReads = pgTable(
  'bib_reads',
  {
    id: uuid().primaryKey(),
    photoId: uuid()
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    engineVersion: text().notNull(),
    bib: text().notNull(),
    /** The raw characters before normalising. */
    text: text().notNull(),
    confidence: doublePrecision().notNull(),
    box: jsonb().$type<BoxNorm>().notNull(),
    tiltDegrees: doublePrecision().notNull(),
    kind: text({ enum: ['sure', 'guess', 'dropped'] }).notNull(),
    /** Why it was dropped or doubted: a key of messages `matching.reason`. */
    reason: text(),
  },
  (table) => [index().on(table.photoId)],
);

export interface Evidence {
  kind: 'bib' | 'start-list' | 'person';
  /** Log-odds it adds. */
  weight: number;
  values: Record<string, string | number>;
}

/** One per photo and bib: how probable it is that this runner is on it. A person's word is never overwritten by a run. */
export const attributions = pgTable(
  'attributions',
  {
    id: uuid().primaryKey(),
    photoId: uuid()
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    bib: text().notNull(),
    startListEntryId: uuid().references(() => startListEntries.id, { onDelete: 'set null' }),
    probability: doublePrecision().notNull(),
    box: jsonb().$type<BoxNorm>(),
    evidence: jsonb().$type<Evidence[]>().notNull(),
    /** What a person said; null while only machines did. */
    decision: text({ enum: ['confirmed', 'rejected'] }),
    decidedBy: text().references(() => users.id, { onDelete: 'set null' }),
    decidedAt: timestamp({ withTimezone: true }),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex('attributions_photo_bib').on(table.photoId, table.bib),
    index('attributions_event_bib').on(table.eventId, table.bib, table.probability),
  ],
);
