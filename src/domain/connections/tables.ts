import { boolean, index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { bytes } from '../../platform/db/bytes.ts';
import type { PublicMessage } from '../../platform/errors.ts';
import { users } from '../accounts/tables.ts';
import { events } from '../events/tables.ts';

/** A saved way to fetch an event's start list or passages from outside. */
export const connections = pgTable(
  'connections',
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['njuko', 'kms', 'list', 'passages'] }).notNull(),
    /** Where it fetches from, as people may read it: a host, an edition. */
    shown: text().notNull(),
    /** Address, edition and key, sealed by `sealSecret` for this row: an address may be a key itself. */
    sealed: text().notNull(),
    /** The last four signs of the key, or of the address that is one; '' of a short one. */
    secretEnd: text().notNull(),
    /** Fetched every quarter of an hour until the event is over. */
    isScheduled: boolean().notNull().default(false),
    createdBy: text().references(() => users.id, { onDelete: 'set null' }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    lastFetchedAt: timestamp({ withTimezone: true }),
    /** Why the last fetch failed, in words for people; null when it did not. */
    lastFailure: jsonb().$type<PublicMessage>(),
  },
  (table) => [index().on(table.eventId)],
);

/** What a connection brought and nobody accepted yet. At most one each; gone when it is accepted or left. */
export const fetchedFiles = pgTable('fetched_files', {
  connectionId: uuid()
    .primaryKey()
    .references(() => connections.id, { onDelete: 'cascade' }),
  bytes: bytes().notNull(),
  sha256: text().notNull(),
  added: integer().notNull(),
  changed: integer().notNull(),
  missing: integer().notNull(),
  fetchedAt: timestamp({ withTimezone: true }).notNull(),
});
