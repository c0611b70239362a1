import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { organisations } from '../accounts/tables.ts';

export interface BibRange {
  /** Written before the number, '' for none. */
  prefix: string;
  first: number;
  last: number;
}

export const events = pgTable(
  'events',
  {
    id: uuid().primaryKey(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    slug: text().notNull().unique(),
    name: text().notNull(),
    sport: text().notNull(),
    startsAt: timestamp({ withTimezone: true }).notNull(),
    /** IANA name, such as Europe/Paris. */
    timeZone: text().notNull(),
    place: text().notNull(),
    description: text().notNull().default(''),
    coverPhotoId: uuid(),
    status: text({ enum: ['draft', 'published', 'archived'] }).notNull(),
    access: text({ enum: ['public', 'unlisted'] })
      .notNull()
      .default('public'),
    /** Nothing of the event is shown to visitors without it; null: open to whoever has the address. */
    accessCode: text(),
    /** What one photo pays for: lite reads bibs, premium also labels, and faces where the face mode allows it. */
    processingMode: text({ enum: ['lite', 'premium'] })
      .notNull()
      .default('lite'),
    detectLabels: boolean().notNull().default(false),
    /** Edits that are worthwhile are accepted without a person. */
    autoEdit: boolean().notNull().default(false),
    /** What may be done with faces; read it through `mayComputeFaces` alone. */
    faceMode: text({ enum: ['none', 'own-browser', 'consented', 'full-index'] })
      .notNull()
      .default('none'),
    /** Nothing biometric is computed from then on. Without it, nothing ever is. */
    faceModeEndsAt: timestamp({ withTimezone: true }),
    /** Children or youths run: their faces are never computed, whatever the mode. */
    hasMinors: boolean().notNull().default(false),
    /** A tag is published from this probability up. */
    publishThreshold: doublePrecision().notNull().default(0.95),
    photoPriceCents: integer().notNull(),
    allPhotosPriceCents: integer().notNull(),
    currency: text().notNull().default('eur'),
    publishedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    index().on(table.organisationId, table.startsAt),
    index().on(table.status, table.access, table.startsAt),
  ],
);

export const races = pgTable(
  'races',
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    distanceMeters: integer(),
    startsAt: timestamp({ withTimezone: true }),
    bibRanges: jsonb().$type<BibRange[]>().notNull(),
    /** Tints the bibs of the race, as #rrggbb. */
    colour: text().notNull(),
    position: integer().notNull(),
  },
  (table) => [uniqueIndex().on(table.eventId, table.name)],
);

/** Where passages are timed. */
export const checkpoints = pgTable('checkpoints', {
  id: uuid().primaryKey(),
  eventId: uuid()
    .notNull()
    .references(() => events.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  distanceMeters: integer(),
  position: integer().notNull(),
});

/** Where a photographer stands: so far from the start, or so far from a checkpoint, which is exact for every race and lap
 *  that passes there. */
export const photoSpots = pgTable('photo_spots', {
  id: uuid().primaryKey(),
  eventId: uuid()
    .notNull()
    .references(() => events.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  /** From the start; null for a spot that counts from its checkpoint. */
  distanceMeters: integer(),
  checkpointId: uuid().references(() => checkpoints.id, { onDelete: 'set null' }),
  /** After the checkpoint; below 0 before it. */
  offsetMeters: integer(),
  position: integer().notNull(),
});
