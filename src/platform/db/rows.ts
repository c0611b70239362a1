import type { SQL } from 'drizzle-orm';
import type { Database } from './database.ts';

/** Rows of a hand-written query. `count(*)` is text on PostgreSQL and a number on PGlite: cast it with `::int`. */
export async function rows<Row extends object>(db: Database, query: SQL): Promise<Row[]> {
  const result = await db.execute(query);
  // Both drivers answer { rows }; the shape of a row is the caller's word, as with any hand-written SQL.
  return (result as { rows: Row[] }).rows;
}
