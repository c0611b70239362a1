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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { organisations, users } from '../accounts/tables.ts';
import { events } from '../events/tables.ts';
import { photos } from '../photos/tables.ts';
import type { ShareTerms } from '../pricing/offer.ts';

/** Kept by cookie (only its hash is stored), or by account once signed in. */
export const carts = pgTable(
  'carts',
  {
    id: uuid().primaryKey(),
    tokenHash: text().notNull().unique(),
    userId: text().references(() => users.id, { onDelete: 'set null' }),
    /** As the buyer typed it, in upper case; whether it holds is seen each time the cart is priced. */
    promoCode: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.userId)],
);

export const cartLines = pgTable(
  'cart_lines',
  {
    id: uuid().primaryKey(),
    cartId: uuid()
      .notNull()
      .references(() => carts.id, { onDelete: 'cascade' }),
    eventId: uuid()
      .notNull()
      .references(() => events.id),
    kind: text({ enum: ['photo', 'all-photos', 'whole-event'] }).notNull(),
    photoId: uuid().references(() => photos.id),
    size: text({ enum: ['web', 'original'] })
      .notNull()
      .default('original'),
    /** The runner of an all-photos line; for a photo, the bib it was found by, if any. */
    bib: text(),
    addedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex('cart_lines_photo').on(table.cartId, table.photoId),
    uniqueIndex('cart_lines_all')
      .on(table.cartId, table.eventId, table.bib)
      .where(sql`${table.kind} = 'all-photos'`),
    uniqueIndex('cart_lines_whole_event')
      .on(table.cartId, table.eventId)
      .where(sql`${table.kind} = 'whole-event'`),
  ],
);

export const orders = pgTable(
  'orders',
  {
    id: uuid().primaryKey(),
    /** Shown to people: FR-2026-XXXXXX, random, not a count of sales. */
    number: text().notNull().unique(),
    kind: text({ enum: ['photos', 'credits'] })
      .notNull()
      .default('photos'),
    cartId: uuid(),
    /** Digest of what was asked for, so that a second click on Pay finds the first one's order. */
    fingerprint: text().notNull(),
    userId: text().references(() => users.id, { onDelete: 'set null' }),
    email: text().notNull(),
    locale: text({ enum: ['fr', 'en'] }).notNull(),
    state: text({
      enum: ['pending', 'processing', 'paid', 'failed', 'cancelled', 'refunded', 'disputed'],
    }).notNull(),
    totalCents: integer().notNull(),
    refundedCents: integer().notNull().default(0),
    promoCode: text(),
    /** As the buyer gave it for the invoice; null when not asked for. */
    billing: jsonb().$type<{ name: string; address: string; country: string; vatNumber: string | null }>(),
    /** Where the order was placed from, kept as evidence against a dispute. */
    clientAddress: text(),
    userAgent: text(),
    currency: text().notNull(),
    /** SHA-256 of the secret in the order's link. */
    secretHash: text().notNull().unique(),
    /** Version of the two statements the buyer ticked, and when. */
    waiverVersion: text().notNull(),
    waivedAt: timestamp({ withTimezone: true }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    paidAt: timestamp({ withTimezone: true }),
    deliveredAt: timestamp({ withTimezone: true }),
    /** Photos that joined until then were told by a mail of their own; null until there was one. */
    photosToldAt: timestamp({ withTimezone: true }),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    index().on(table.state, table.createdAt),
    index().on(table.cartId),
    index().on(table.email),
    index().on(table.userId),
    index('orders_of_guests').on(sql`lower(${table.email})`).where(sql`${table.userId} is null`),
  ],
);

/** Prices as frozen at checkout. */
export const orderLines = pgTable(
  'order_lines',
  {
    id: uuid().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    /** Null for credits. */
    eventId: uuid().references(() => events.id),
    kind: text({ enum: ['photo', 'all-photos', 'whole-event', 'credits'] }).notNull(),
    photoId: uuid().references(() => photos.id),
    size: text({ enum: ['web', 'original'] })
      .notNull()
      .default('original'),
    bib: text(),
    /** What it costs one by one, without any discount. */
    fullCents: integer().notNull().default(0),
    /** What is paid for it. */
    priceCents: integer().notNull(),
    refundedCents: integer().notNull().default(0),
    /** Why the two differ. */
    reason: text(),
    /** Who has which part of the price; null for orders from before shares were kept: all is the seller's but the platform's fee. */
    terms: jsonb().$type<ShareTerms>(),
    /** Of a credits line: how many, and for whom. */
    credits: integer(),
    creditsFor: uuid().references(() => organisations.id),
    position: integer().notNull(),
  },
  (table) => [
    index().on(table.orderId),
    index().on(table.eventId, table.bib),
    index('order_lines_credits').on(table.creditsFor).where(sql`${table.creditsFor} is not null`),
  ],
);

/** The photos an order gives right to, once for each line that does. */
export const orderPhotos = pgTable(
  'order_photos',
  {
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    photoId: uuid()
      .notNull()
      .references(() => photos.id),
    lineId: uuid()
      .notNull()
      .references(() => orderLines.id, { onDelete: 'cascade' }),
    addedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.photoId, table.lineId] }),
    index().on(table.photoId),
    index().on(table.addedAt),
  ],
);

export const payments = pgTable(
  'payments',
  {
    id: uuid().primaryKey(),
    orderId: uuid()
      .notNull()
      .unique()
      .references(() => orders.id),
    provider: text().notNull(),
    /** Stored before the provider is called. */
    idempotencyKey: text().notNull().unique(),
    intentId: text().unique(),
    next: jsonb().$type<{ kind: 'redirect'; url: string } | { kind: 'embedded'; clientSecret: string }>(),
    state: text({
      enum: ['starting', 'requires-payment', 'processing', 'succeeded', 'failed', 'cancelled'],
    }).notNull(),
    amountCents: integer().notNull(),
    currency: text().notNull(),
    /** What the provider keeps of it; null until it is asked. */
    providerFeeCents: integer(),
    disputed: boolean().notNull().default(false),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.state, table.createdAt)],
);

/** Each notice of a provider, once. An order's state is worked out from all of its counted notices. */
export const paymentEvents = pgTable(
  'payment_events',
  {
    id: text().primaryKey(),
    provider: text().notNull(),
    kind: text({
      enum: [
        'processing',
        'succeeded',
        'failed',
        'cancelled',
        'refunded',
        'refund-failed',
        'dispute-opened',
        'dispute-won',
        'dispute-lost',
      ],
    }).notNull(),
    intentId: text().notNull(),
    orderId: uuid().references(() => orders.id),
    /** Refund or dispute it speaks of. */
    subjectId: text(),
    amountCents: integer().notNull(),
    currency: text().notNull(),
    /** 'counted', or why it was set aside for a person. */
    outcome: text({ enum: ['counted', 'unknown-order', 'amount-differs', 'other-mode'] }).notNull(),
    occurredAt: timestamp({ withTimezone: true }).notNull(),
    receivedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.orderId), index().on(table.outcome, table.receivedAt)],
);

export const downloads = pgTable(
  'downloads',
  {
    id: uuid().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    /** Null for the ZIP of all. */
    photoId: uuid(),
    /** Null for the ZIP, and for photos taken before sizes were sold. */
    size: text({ enum: ['web', 'original'] }),
    /** Whence, kept as evidence against a dispute. */
    clientAddress: text(),
    userAgent: text(),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.orderId, table.at)],
);

/** What a seller wants written into the files of an event that leave, pixels untouched. An event without a row: nothing. */
export const fileCredits = pgTable('file_credits', {
  eventId: uuid()
    .primaryKey()
    .references(() => events.id, { onDelete: 'cascade' }),
  credit: text().notNull(),
  /** What buyers may do with the photo; null when nothing is said. */
  licence: text(),
  updatedAt: timestamp({ withTimezone: true }).notNull(),
});

/** Each time somebody opens an order's page by its link; one line an hour and address is enough. */
export const orderVisits = pgTable(
  'order_visits',
  {
    id: uuid().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    clientAddress: text(),
    userAgent: text(),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.orderId, table.at)],
);

/** Money on its way back to a buyer. */
export const refunds = pgTable(
  'refunds',
  {
    id: uuid().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    amountCents: integer().notNull(),
    currency: text().notNull(),
    cause: text({ enum: ['goodwill', 'withdrawal', 'photo-gone', 'fraud-warning'] }).notNull(),
    note: text(),
    /** Account that asked; null when the platform did by itself. */
    askedBy: text().references(() => users.id, { onDelete: 'set null' }),
    /** Stored before the provider is called. */
    idempotencyKey: text().notNull().unique(),
    /** The provider's id. */
    providerRefundId: text().unique(),
    state: text({ enum: ['asked', 'pending', 'succeeded', 'failed'] }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.orderId), index().on(table.state, table.updatedAt)],
);

export const refundLines = pgTable(
  'refund_lines',
  {
    refundId: uuid()
      .notNull()
      .references(() => refunds.id, { onDelete: 'cascade' }),
    lineId: uuid()
      .notNull()
      .references(() => orderLines.id, { onDelete: 'cascade' }),
    amountCents: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.refundId, table.lineId] })],
);
