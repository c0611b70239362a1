import {
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
    /** Lite reads bibs for 1 credit a photo. Premium comes with faces and labels. */
    processingMode: text({ enum: ['lite'] })
      .notNull()
      .default('lite'),
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

/** Where a photographer stands. */
export const photoSpots = pgTable('photo_spots', {
  id: uuid().primaryKey(),
  eventId: uuid()
    .notNull()
    .references(() => events.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  distanceMeters: integer(),
  position: integer().notNull(),
});
