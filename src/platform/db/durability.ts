import { sql } from 'drizzle-orm';
import type { DatabasePort } from './database.ts';
import { rows } from './rows.ts';

const MUST_BE_ON = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;
/** Stronger or equal to a local flush of the write-ahead log. */
const SAFE = new Set(['on', 'local', 'remote_write', 'remote_apply']);

/** Throws when the server may forget what it acknowledged. For production on PostgreSQL. */
export async function requireDurability(database: DatabasePort): Promise<void> {
  const found = await rows<{ name: string; setting: string }>(
    database.db,
    sql`select name, setting from pg_settings where name in (${sql.join(
      MUST_BE_ON.map((name) => sql`${name}`),
      sql`, `,
    )})`,
  );
  const unsafe = found.filter(({ setting }) => !SAFE.has(setting)).map(({ name }) => name);
  if (unsafe.length > 0) {
    throw new Error(`PostgreSQL would lose acknowledged sales: set ${unsafe.join(', ')} to on`);
  }
}
