import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';

/**
 * Accounts of a double-entry ledger. Positive is debit: what `provider` holds and what a `buyer` owes is positive, what is owed
 * to a `seller`, `organiser`, `charity` and `platform` is negative, until it is paid out. The sum over all is always zero.
 */
export const ledgerAccounts = pgTable(
  'ledger_accounts',
  {
    id: uuid().primaryKey(),
    kind: text({
      enum: [
        /** Of one order: nothing once it is paid. */
        'buyer',
        'seller',
        'organiser',
        'charity',
        /** The platform's own: its fee, less what the provider keeps. */
        'platform',
        /** Money in the platform's account with the payment provider. */
        'provider',
        /** What credits brought the platform. */
        'credits',
        /** What a seller owes because they were sent more than is theirs now; netted from what comes next. */
        'debt',
      ],
    }).notNull(),
    /** Order, organisation (for credits: who bought), event of a charity or name of the provider; '' for the platform. */
    owner: text().notNull(),
    /** ISO 4217, lower case. */
    currency: text().notNull(),
    /** The sum of its entries, kept in the same transaction as they. Minor units. */
    balance: bigint({ mode: 'number' }).notNull().default(0),
  },
  (table) => [uniqueIndex().on(table.kind, table.owner, table.currency)],
);

/** One thing that happened to money. Never changed, never removed. */
export const ledgerMovements = pgTable(
  'ledger_movements',
  {
    id: uuid().primaryKey(),
    /** Makes it happen once, such as `charge/<order id>`. */
    uniqueKey: text().notNull().unique(),
    kind: text({
      enum: [
        'sale',
        'charge',
        'provider-fee',
        'refund',
        'refund-failed',
        'dispute-withdrawn',
        'dispute-reinstated',
        'dispute-lost',
        'dispute-fee',
        'transfer',
        'transfer-reversed',
        'debt',
        'debt-netted',
        'payout',
      ],
    }).notNull(),
    orderId: uuid(),
    /** When it happened, as the provider tells, else when it was written. */
    happenedAt: timestamp({ withTimezone: true }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.orderId), index().on(table.happenedAt)],
);

/** The parts of a movement: they sum to zero, which the database checks at commit. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    id: uuid().primaryKey(),
    movementId: uuid()
      .notNull()
      .references(() => ledgerMovements.id),
    accountId: uuid()
      .notNull()
      .references(() => ledgerAccounts.id),
    amount: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    index().on(table.movementId),
    index().on(table.accountId),
    check('ledger_entries_not_nothing', sql`${table.amount} <> 0`),
  ],
);
