import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { SellerAccount } from '#platform/payments/payments.ts';
import { organisations } from '../accounts/tables.ts';
import { orders } from '../orders/tables.ts';

/** Where a seller's money goes: their account with the payment provider, as it was last told. */
export const sellerAccounts = pgTable('seller_accounts', {
  organisationId: uuid()
    .primaryKey()
    .references(() => organisations.id),
  provider: text().notNull(),
  /** Null until the provider has answered. */
  accountId: text().unique(),
  /** Stored before the provider is called. */
  idempotencyKey: text().notNull().unique(),
  country: text().notNull(),
  canReceive: boolean().notNull().default(false),
  canPayOut: boolean().notNull().default(false),
  requirements: jsonb().$type<SellerAccount['requirements']>(),
  /** The seller has cut the connection. */
  leftAt: timestamp({ withTimezone: true }),
  createdAt: timestamp({ withTimezone: true }).notNull(),
  updatedAt: timestamp({ withTimezone: true }).notNull(),
});

/** What one order owes one beneficiary, and how far it has gone. */
export const transfers = pgTable(
  'transfers',
  {
    id: uuid().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    role: text({ enum: ['seller', 'organiser'] }).notNull(),
    /** 1 for what the sale brought; more once money that was taken back is owed again, as after a dispute that was won. */
    part: integer().notNull().default(1),
    /** Before refunds and debts. */
    shareCents: integer().notNull(),
    /** What was asked of the provider; less than the share when a debt was netted or a refund came before. */
    sentCents: integer().notNull().default(0),
    reversedCents: integer().notNull().default(0),
    currency: text().notNull(),
    /** `held`: to be paid, once the seller can receive. */
    state: text({ enum: ['held', 'sending', 'sent', 'nothing-left'] }).notNull(),
    /** Stored before the provider is called; another one after a refusal. */
    idempotencyKey: text().unique(),
    transferId: text().unique(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex().on(table.orderId, table.organisationId, table.role, table.part),
    index().on(table.organisationId, table.createdAt),
    index().on(table.state, table.updatedAt),
  ],
);

/** A part of a transfer that a refund or a dispute takes back. */
export const transferReversals = pgTable(
  'transfer_reversals',
  {
    id: uuid().primaryKey(),
    transferId: uuid()
      .notNull()
      .references(() => transfers.id),
    /** The refund or dispute it follows. */
    causeId: text().notNull(),
    amountCents: integer().notNull(),
    idempotencyKey: text().notNull().unique(),
    reversalId: text().unique(),
    /** `debt`: the seller's balance was too low; netted from what comes next. */
    state: text({ enum: ['sending', 'reversed', 'debt'] }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [uniqueIndex().on(table.transferId, table.causeId), index().on(table.state)],
);

/** What reached, or did not reach, a seller's bank. */
export const sellerPayouts = pgTable(
  'seller_payouts',
  {
    /** The provider's. */
    id: text().primaryKey(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    amountCents: integer().notNull(),
    currency: text().notNull(),
    state: text({ enum: ['paid', 'failed'] }).notNull(),
    reason: text(),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.organisationId, table.at)],
);
