import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
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
import type { EditPlan } from '#vision/findings.ts';
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
    /** One camera body within its event, by `cameraKeyOf`; null when the file does not tell. */
    cameraKey: text(),
    /** 16 hex digits: few differing bits mean nearly the same picture. */
    perceptualHash: text(),
    /** Photos of one moment share it; null for a photo that stands alone. */
    stackId: uuid(),
    /** Galleries show this one for its stack. */
    leadsStack: boolean().notNull().default(true),
    /** Waits to be put into its stack since then; null when it does not. */
    stackAskedAt: timestamp({ withTimezone: true }),
    author: text(),
    copyright: text(),
    qualityScore: integer(),
    blurry: boolean(),
    /** Mean colour, #rrggbb, shown until the thumbnail is there. */
    tone: text(),
    /** What was paid for at its upload: later readings give no more than that. */
    processingMode: text({ enum: ['lite', 'premium'] })
      .notNull()
      .default('lite'),
    engineVersion: text(),
    /** Waits to be read again since then; null when it does not. */
    rereadAskedAt: timestamp({ withTimezone: true }),
    /** Shown from its edited renditions. */
    edited: boolean().notNull().default(false),
    /** Part of the renditions' addresses: grows when other pixels are shown, because browsers keep them for a year. */
    shownVersion: integer().notNull().default(0),
    /** Published bibs and their races, kept here by matching so that a gallery reads one table. */
    bibs: text().array().notNull().default([]),
    raceIds: uuid().array().notNull().default([]),
    /** Has a tag between refused and published: a person should look. */
    doubtful: boolean().notNull().default(false),
    /** How much a person's word on it teaches, by matching's `triageGain`; null when triage does not wait for it. */
    triageGain: doublePrecision(),
    hiddenAt: timestamp({ withTimezone: true }),
    receivedAt: timestamp({ withTimezone: true }).notNull(),
    preparedAt: timestamp({ withTimezone: true }),
    readyAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    uniqueIndex('photos_event_sha256').on(table.eventId, table.sha256),
    index('photos_event_order').on(table.eventId, table.sortAt, table.id),
    index('photos_event_state').on(table.eventId, table.state),
    // Photos on which nobody is published: few of a large event, and browsed in the gallery's order.
    index('photos_lost').on(table.eventId, table.sortAt, table.id).where(sql`${table.bibs} = '{}'`),
    index('photos_camera_time').on(table.eventId, table.cameraKey, table.takenAt),
    index('photos_stack').on(table.stackId).where(sql`${table.stackId} is not null`),
    index('photos_waiting').on(table.state, table.receivedAt),
    index('photos_reread')
      .on(table.eventId, table.rereadAskedAt)
      .where(sql`${table.rereadAskedAt} is not null`),
    index('photos_stack_asked').on(table.eventId, table.sortAt).where(sql`${table.stackAskedAt} is not null`),
    index('photos_triage')
      .on(table.eventId, table.triageGain, table.id)
      .where(sql`${table.triageGain} is not null`),
    // A cart counts its runners' photos on every page, a sweep looks for those of every pack that was sold.
    index('photos_bibs').using('gin', table.bibs),
  ],
);

/** Files made from an original. `web` is clean and never public; `preview` and `thumbnail` carry the mark; `sold-web` and
 *  `sponsored-web` leave with paid orders alone. The edited ones stand for the plain ones while the photo is `edited`. */
export const renditions = pgTable(
  'renditions',
  {
    photoId: uuid()
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    kind: text({
      enum: [
        'web',
        'preview',
        'thumbnail',
        'sold-web',
        'sponsored-web',
        'edited-web',
        'edited-preview',
        'edited-thumbnail',
        'edited-sold-web',
        'edited-sponsored-web',
      ],
    }).notNull(),
    storageKey: text().notNull().unique(),
    widthPx: integer().notNull(),
    heightPx: integer().notNull(),
    sizeBytes: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.photoId, table.kind] })],
);

/** The edit of a photo that was asked for: from the first look at it to a decision, which can be changed. */
export const photoEdits = pgTable('photo_edits', {
  photoId: uuid()
    .primaryKey()
    .references(() => photos.id, { onDelete: 'cascade' }),
  plan: jsonb().$type<EditPlan>().notNull(),
  /** When its renditions were made; null while they are waited for. */
  renderedAt: timestamp({ withTimezone: true }),
  decision: text({ enum: ['accepted', 'declined'] }),
  /** Null for one that the event's option accepted. */
  decidedBy: text().references(() => users.id, { onDelete: 'set null' }),
  decidedAt: timestamp({ withTimezone: true }),
  askedAt: timestamp({ withTimezone: true }).notNull(),
});

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
