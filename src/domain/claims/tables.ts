import { index, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { users } from '../accounts/tables.ts';
import { events } from '../events/tables.ts';
import { orders } from '../orders/tables.ts';
import { photos } from '../photos/tables.ts';

/** What runners say of photos: each once, and without any weight until it is checked. */
export const runnerClaims = pgTable(
  'runner_claims',
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    photoId: uuid()
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    bib: text().notNull(),
    kind: text({ enum: ['me', 'not-me'] }).notNull(),
    state: text({ enum: ['waiting', 'counted', 'refused'] }).notNull(),
    /** What checked it; null while it waits. */
    checkedWith: text({ enum: ['order', 'pro'] }),
    checkedBy: text().references(() => users.id, { onDelete: 'set null' }),
    checkedAt: timestamp({ withTimezone: true }),
    /** The account that made it, if any. */
    claimedBy: text().references(() => users.id, { onDelete: 'set null' }),
    /** The order that spoke for it. */
    orderId: uuid().references(() => orders.id, { onDelete: 'set null' }),
    /** Keyed digest of the network address, to bound how many wait. Gone once it is checked. */
    clientDigest: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex('runner_claims_photo_bib_kind').on(table.photoId, table.bib, table.kind),
    index().on(table.eventId, table.state, table.createdAt),
  ],
);
