import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** A Drizzle handle on PGlite or PostgreSQL: the pool, or the transaction under way. */
// biome-ignore lint/complexity/noBannedTypes: Drizzle's own default for "no relational schema" is {}.
export type Database = PgDatabase<PgQueryResultHKT, {}>;

export interface DatabasePort {
  readonly kind: 'pglite' | 'postgres';
  readonly db: Database;
  /** Applies the pending migrations under an advisory lock. Safe to run twice and at once from several processes. */
  migrate(): Promise<void>;
  /** Throws when the database does not answer within `timeoutMs`. */
  ping(timeoutMs: number): Promise<void>;
  close(): Promise<void>;
}
