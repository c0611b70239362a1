import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import { migrationsFolder } from '#platform/db/migrations.ts';
import { openPglite, type PgliteDatabasePort, pglitePortOf } from '#platform/db/pglite.ts';
import { openPostgres, type PostgresDatabasePort } from '#platform/db/postgres.ts';

export type TestDatabaseKind = 'pglite' | 'postgres';

/** Which database this run is about: `TEST_DATABASE=postgres`, with the server's address in TEST_POSTGRES_URL. */
export function chosenDatabase(): TestDatabaseKind {
  return process.env.TEST_DATABASE === 'postgres' ? 'postgres' : 'pglite';
}

/** An empty migrated database of its own. */
export function openTestDatabase(
  kind: TestDatabaseKind = chosenDatabase(),
): Promise<PgliteDatabasePort | PostgresDatabasePort> {
  return kind === 'postgres' ? openOwnPostgres() : openTestPglite();
}

/** In memory, from a snapshot kept per set of migrations: ten times faster than a fresh one. */
export async function openTestPglite(): Promise<PgliteDatabasePort> {
  const snapshot = join(tmpdir(), `focus-racer-pglite-${migrationsHash()}.tar`);
  if (!existsSync(snapshot)) await makeSnapshot(snapshot);
  const client = await PGlite.create('memory://', { loadDataDir: new Blob([readFileSync(snapshot)]) });
  return pglitePortOf(client, () => undefined);
}

async function makeSnapshot(path: string): Promise<void> {
  const database = await openPglite(null);
  await database.migrate();
  const dump = await database.client.dumpDataDir('none');
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, Buffer.from(await dump.arrayBuffer()));
  renameSync(draft, path);
  await database.close();
}

function migrationsHash(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(migrationsFolder).sort()) {
    if (name.endsWith('.sql')) hash.update(name).update(readFileSync(join(migrationsFolder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Both, or the embedded one alone where no server was started. */
export const availableDatabases: TestDatabaseKind[] = process.env.TEST_POSTGRES_URL
  ? ['pglite', 'postgres']
  : ['pglite'];

export function postgresServerUrl(): string {
  const address = process.env.TEST_POSTGRES_URL;
  if (!address)
    throw new Error('TEST_POSTGRES_URL is not set: run through npm test, or tests/postgres-server.ts');
  return address;
}

/** The address of a new database, and the way to remove it. */
export async function createOwnDatabase(): Promise<{ connectionString: string; drop(): Promise<void> }> {
  const server = postgresServerUrl();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOn(server, `create database ${name}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  return {
    connectionString: address.href,
    drop: () => runOn(server, `drop database if exists ${name} with (force)`),
  };
}

async function openOwnPostgres(): Promise<PostgresDatabasePort> {
  const { connectionString, drop } = await createOwnDatabase();
  // Dropping the database ends its idle connections, which they report here.
  const database = openPostgres({ connectionString, poolSize: 10, onError: () => undefined });
  await database.migrate();
  return {
    ...database,
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

async function runOn(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
