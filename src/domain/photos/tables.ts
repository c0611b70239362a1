import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { organisations, users } from '../accounts/tables.ts';
import { events } from '../events/tables.ts';

export interface Camera {
  make: string | null;
  model: string | null;
  bodySerial: string | null;
}

export const photos = pgTable(
  'photos',
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id),
    /** Whose photo it is: the seller. */
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    uploadedBy: text().references(() => users.id, { onDelete: 'set null' }),
    state: text({ enum: ['received', 'prepared', 'ready', 'failed'] }).notNull(),
    /** A key of messages `photos.failure`, null unless failed. */
    failureReason: text(),
    fileName: text().notNull(),
    /** Lower-case hex of the original's bytes. */
    sha256: text().notNull(),
    sizeBytes: bigint({ mode: 'number' }).notNull(),
    format: text({ enum: ['jpeg', 'png', 'webp'] }),
    /** Of the upright image. */
    widthPx: integer(),
    heightPx: integer(),
    originalKey: text().notNull(),
    /** What the camera's clock said, as an instant in the event's zone, before any correction. Null when unknown. */
    takenAt: timestamp({ withTimezone: true, precision: 3 }),
    /** What galleries sort by: takenAt, or the instant of reception. */
    sortAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    camera: jsonb().$type<Camera>(),
    sequence: integer(),
    author: text(),
    copyright: text(),
    qualityScore: integer(),
    blurry: boolean(),
    /** Mean colour, #rrggbb, shown until the thumbnail is there. */
    tone: text(),
    engineVersion: text(),
    /** Published bibs and their races, kept here by matching so that a gallery reads one table. */
    bibs: text().array().notNull().default([]),
    raceIds: uuid().array().notNull().default([]),
    /** Has a tag between refused and published: a person should look. */
    doubtful: boolean().notNull().default(false),
    hiddenAt: timestamp({ withTimezone: true }),
    receivedAt: timestamp({ withTimezone: true }).notNull(),
    preparedAt: timestamp({ withTimezone: true }),
    readyAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    uniqueIndex('photos_event_sha256').on(table.eventId, table.sha256),
    index('photos_event_order').on(table.eventId, table.sortAt, table.id),
    index('photos_event_state').on(table.eventId, table.state),
    index('photos_waiting').on(table.state, table.receivedAt),
    // A cart counts its runners' photos on every page, a sweep looks for those of every pack that was sold.
    index('photos_bibs').using('gin', table.bibs),
  ],
);

/** Files made from an original. `web` is clean and never public; `preview` and `thumbnail` carry the mark. */
export const renditions = pgTable(
  'renditions',
  {
    photoId: uuid()
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['web', 'preview', 'thumbnail'] }).notNull(),
    storageKey: text().notNull().unique(),
    widthPx: integer().notNull(),
    heightPx: integer().notNull(),
    sizeBytes: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.photoId, table.kind] })],
);

/** Running totals of an event's photos, so that no page counts rows. */
export const photoCounts = pgTable('photo_counts', {
  eventId: uuid()
    .primaryKey()
    .references(() => events.id, { onDelete: 'cascade' }),
  received: integer().notNull().default(0),
  prepared: integer().notNull().default(0),
  ready: integer().notNull().default(0),
  failed: integer().notNull().default(0),
});
