import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, Pool, type PoolClient } from 'pg';
import type { DatabasePort } from './database.ts';
import { migrationsFolder } from './migrations.ts';
import { withTimeLimit } from './time-limit.ts';

export interface PostgresDatabasePort extends DatabasePort {
  readonly kind: 'postgres';
  readonly pool: Pool;
  readonly connectionString: string;
}

/** Any number, the same in every version: it keeps two starts from migrating at once. */
const MIGRATION_LOCK = 4_022_026;
const CLOSE_GRACE_MS = 1_000;

export function openPostgres(options: {
  connectionString: string;
  poolSize: number;
  onError: (error: Error) => void;
}): PostgresDatabasePort {
  const { connectionString } = options;
  const pool = new Pool({
    connectionString,
    max: options.poolSize,
    connectionTimeoutMillis: 5_000,
    // A connection that died silently (a proxy, a pulled cable) is found by keep-alive or by this limit.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    query_timeout: 45_000,
    statement_timeout: 40_000,
    idle_in_transaction_session_timeout: 120_000,
    application_name: 'focus-racer',
  });
  // Without a listener, an idle connection closed by the server would end the process.
  pool.on('error', options.onError);
  const clients = new Set<PoolClient>();
  pool.on('connect', (client) => clients.add(client));
  pool.on('remove', (client) => clients.delete(client));
  const db = drizzle(pool, { casing: 'snake_case' });
  return {
    kind: 'postgres',
    pool,
    connectionString,
    db,
    migrate: () => migrateUnderLock(connectionString),
    ping: (timeoutMs) => withTimeLimit(db.execute(sql`select 1`), timeoutMs),
    close: () => closePool(pool, clients),
  };
}

/** A query that waits for somebody's lock must not hold up the end of a process: its connection is cut. */
async function closePool(pool: Pool, clients: Set<PoolClient>): Promise<void> {
  const timer = setTimeout(() => {
    // The type of a pool's client leaves out what it has from Client: cutting a connection that is busy.
    for (const client of clients) void (client as unknown as Client).end();
  }, CLOSE_GRACE_MS);
  await pool.end();
  clearTimeout(timer);
}

/** On its own connection without a statement limit: an index on many rows takes its time. */
async function migrateUnderLock(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, application_name: 'focus-racer-migrations' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle(client, { casing: 'snake_case' }), { migrationsFolder });
  } finally {
    // Ending the session lets the lock go, also after an error.
    await client.end();
  }
}
