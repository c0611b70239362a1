import { bigint, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { RecognitionOperation } from '#platform/recognition/recognition.ts';
import { users } from '../accounts/tables.ts';
import { events } from '../events/tables.ts';
import { photos } from '../photos/tables.ts';

import type { UploadRefusal } from './upload.ts';

/** A file on its way in, from its announcement to its photo. */
export const uploads = pgTable(
  'uploads',
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    fileName: text().notNull(),
    sizeBytes: bigint({ mode: 'number' }).notNull(),
    /** As announced by the sender; compared with the bytes at the end. */
    sha256: text().notNull(),
    /** Where the original goes. Chosen at the announcement, so that nothing stored is ever unknown. */
    storageKey: text().notNull(),
    state: text({ enum: ['open', 'done', 'refused'] }).notNull(),
    refusal: text().$type<UploadRefusal>(),
    photoId: uuid().references(() => photos.id, { onDelete: 'set null' }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    index().on(table.eventId, table.sha256),
    index().on(table.eventId, table.state),
    index().on(table.state, table.expiresAt),
  ],
);

/** Answered calls to a recogniser outside, which are the ones it bills. They outlive the photo: they were paid. */
export const recognitionCalls = pgTable(
  'recognition_calls',
  {
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    /** No reference: a deleted photo's calls stay counted. */
    photoId: uuid().notNull(),
    operation: text().$type<RecognitionOperation>().notNull(),
    calls: integer().notNull(),
    costMicroDollars: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.photoId, table.operation] })],
);

/** Photos whose faces stand, or are about to, in their event's collection at a recogniser outside. A row is written before
 *  the faces are sent and goes after they are deleted there: without references, since they must outlive what they name. */
export const indexedPhotos = pgTable(
  'indexed_photos',
  {
    photoId: uuid().primaryKey(),
    eventId: uuid().notNull(),
    /** Null while it is not known whether the faces arrived. */
    faces: integer(),
    askedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.eventId)],
);
