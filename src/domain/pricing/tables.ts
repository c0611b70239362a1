import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { organisations } from '../accounts/tables.ts';
import { events } from '../events/tables.ts';

/** How an event sells beyond its two base prices; an event without a row sells originals at those. */
export const eventOffers = pgTable('event_offers', {
  eventId: uuid()
    .primaryKey()
    .references(() => events.id, { onDelete: 'cascade' }),
  /** `sponsored`: the web size is free and bears the sponsor's name, the original is paid. */
  selling: text({ enum: ['off', 'free', 'sponsored', 'paid'] }).notNull(),
  /** Null: the web size is not sold. */
  webPriceCents: integer(),
  /** All photos of a runner, bought before the start; null: no pre-sale. */
  preSaleCents: integer(),
  /** All photos of everybody, for the organiser; null: not sold. */
  wholeEventCents: integer(),
  sponsorName: text(),
  updatedAt: timestamp({ withTimezone: true }).notNull(),
});

/** So many photos of one size for one price, whoever is on them. */
export const pricePacks = pgTable(
  'price_packs',
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    size: text({ enum: ['web', 'original'] }).notNull(),
    photos: integer().notNull(),
    priceCents: integer().notNull(),
  },
  (table) => [
    uniqueIndex().on(table.eventId, table.size, table.photos),
    check('price_packs_of_two_or_more', sql`${table.photos} >= 2 and ${table.priceCents} >= 0`),
  ],
);

/** From so many photos of one size, each costs less. */
export const priceTiers = pgTable(
  'price_tiers',
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    size: text({ enum: ['web', 'original'] }).notNull(),
    fromPhotos: integer().notNull(),
    unitCents: integer().notNull(),
  },
  (table) => [
    uniqueIndex().on(table.eventId, table.size, table.fromPhotos),
    check('price_tiers_from_two', sql`${table.fromPhotos} >= 2 and ${table.unitCents} >= 0`),
  ],
);

/** Everything of the event is so much cheaper between two instants. */
export const discounts = pgTable(
  'discounts',
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    percent: integer().notNull(),
    startsAt: timestamp({ withTimezone: true }).notNull(),
    endsAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    index().on(table.eventId),
    check(
      'discounts_percent',
      sql`${table.percent} between 1 and 100 and ${table.startsAt} < ${table.endsAt}`,
    ),
  ],
);

export const promoCodes = pgTable(
  'promo_codes',
  {
    id: uuid().primaryKey(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** Null: holds for all events of the organisation. */
    eventId: uuid().references(() => events.id, { onDelete: 'cascade' }),
    /** Upper case, letters and digits. */
    code: text().notNull(),
    /** Either a share of the lines it holds for, or an amount off them together. */
    percentOff: integer(),
    amountOffCents: integer(),
    currency: text().notNull(),
    startsAt: timestamp({ withTimezone: true }),
    endsAt: timestamp({ withTimezone: true }),
    maxUses: integer(),
    maxUsesPerBuyer: integer(),
    minTotalCents: integer().notNull().default(0),
    endedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex().on(table.code),
    index().on(table.organisationId),
    check(
      'promo_codes_one_kind',
      sql`(${table.percentOff} is null) <> (${table.amountOffCents} is null)
        and coalesce(${table.percentOff}, 1) between 1 and 100 and coalesce(${table.amountOffCents}, 1) > 0`,
    ),
  ],
);

/** An order that has a code holds a use of it until it is cancelled. */
export const promoUses = pgTable(
  'promo_uses',
  {
    promoCodeId: uuid()
      .notNull()
      .references(() => promoCodes.id, { onDelete: 'cascade' }),
    /** Orders stand above prices: no reference. */
    orderId: uuid().primaryKey(),
    /** A digest of the buyer's address in lower case. */
    buyerHash: text().notNull(),
    released: boolean().notNull().default(false),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.promoCodeId, table.buyerHash)],
);

/** Who else has a part of an event's sales, in ten thousandths of what each line costs. The seller is the event's organisation. */
export const eventShares = pgTable(
  'event_shares',
  {
    eventId: uuid()
      .primaryKey()
      .references(() => events.id, { onDelete: 'cascade' }),
    organiserId: uuid().references(() => organisations.id),
    organiserBps: integer().notNull().default(0),
    charityName: text(),
    charityBps: integer().notNull().default(0),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    check(
      'event_shares_within_whole',
      sql`${table.organiserBps} >= 0 and ${table.charityBps} >= 0 and ${table.organiserBps} + ${table.charityBps} <= 9000`,
    ),
  ],
);
