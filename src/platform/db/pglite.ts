import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { DatabasePort } from './database.ts';
import { lockFolder } from './lock-folder.ts';
import { migrationsFolder } from './migrations.ts';
import { withTimeLimit } from './time-limit.ts';

const TIDY_EVERY_MS = 15 * 60_000;

export interface PgliteDatabasePort extends DatabasePort {
  readonly kind: 'pglite';
  readonly client: PGlite;
}

/** The embedded database. Null as folder keeps it in memory. Throws FolderLocked when another process holds the folder. */
export async function openPglite(folder: string | null): Promise<PgliteDatabasePort> {
  const unlock = folder === null ? () => undefined : lockFolder(prepared(folder));
  try {
    // relaxedDurability would answer before the write reached the file.
    const client = await PGlite.create(folder === null ? 'memory://' : join(folder, 'pg'), {
      relaxedDurability: false,
    });
    const tidying = setInterval(() => void tidy(client), TIDY_EVERY_MS).unref();
    return pglitePortOf(client, () => {
      clearInterval(tidying);
      unlock();
    });
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Nothing else clears dead rows or counts values here: PGlite runs no autovacuum. */
async function tidy(client: PGlite): Promise<void> {
  if (client.closed) return;
  // Refused only while it closes, or when the disk is full: then the next query says so where it matters.
  await client.exec('vacuum analyze').catch(() => undefined);
}

export function pglitePortOf(client: PGlite, unlock: () => void): PgliteDatabasePort {
  const db = drizzle(client, { casing: 'snake_case' });
  return {
    kind: 'pglite',
    client,
    db,
    migrate: () => migrate(db, { migrationsFolder }),
    ping: (timeoutMs) => withTimeLimit(db.execute(sql`select 1`), timeoutMs),
    close: async () => {
      await client.close();
      unlock();
    },
  };
}

function prepared(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
