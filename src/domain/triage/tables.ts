import { index, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';
import { events } from '../events/tables.ts';
import { photos } from '../photos/tables.ts';

/** Photos that an open triage page has in hand, so that another one is given others. Worth nothing after `heldUntil`. */
export const triageClaims = pgTable(
  'triage_claims',
  {
    photoId: uuid()
      .primaryKey()
      .references(() => photos.id, { onDelete: 'cascade' }),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    /** Drawn by the page when it opens: one person may have two. */
    seatId: uuid().notNull(),
    heldUntil: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.eventId, table.heldUntil)],
);
