// One import in a process of its own, so that its peak memory is the import's.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { type Context, withActor } from '#context.ts';
import { importStartList } from '#domain/timing/import-start-list.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import { readConfig } from '#platform/config.ts';
import { createContext } from '../../src/create-context.ts';
import { makeEvent } from '../../tests/factories.ts';

export type StartListQuestion = { verb: 'insert'; rows: number } | { verb: 'import'; path: string };

const folder = mkdtempSync(join(tmpdir(), 'focus-racer-bench-start-list-'));
const config = readConfig({ NODE_ENV: 'production', DATA_DIR: folder, LOG_LEVEL: 'silent' });
const { ctx, stop } = await createContext({ role: 'command', config });
const system = withActor(ctx, { kind: 'system', name: 'bench' });

process.on('message', async (question: StartListQuestion) => {
  const { id: eventId } = await makeEvent(ctx);
  // What the database itself grows by, when it first takes so many rows, is not the import's.
  if (question.verb === 'import') await insertRows(ctx, (await makeEvent(ctx)).id, 60_000);
  global.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const start = process.cpuUsage();
  const begun = performance.now();
  const rows =
    question.verb === 'insert'
      ? await insertRows(ctx, eventId, question.rows)
      : (await importStartList(system, { eventId, bytes: readFileSync(question.path) })).added;
  const seconds = (performance.now() - begun) / 1000;
  const { user, system: kernel } = process.cpuUsage(start);
  clearInterval(watch);
  most = Math.max(most, process.memoryUsage().rss);
  process.send?.({ rows, seconds, cpuMs: (user + kernel) / 1000, grownMb: (most - before) / 1_000_000 });
});
process.on('disconnect', async () => {
  await stop(0);
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});

/** The floor: the same rows made by the database itself, in one statement. */
async function insertRows(own: Context, eventId: string, rows: number): Promise<number> {
  await own.db.execute(sql`
    insert into ${startListEntries} (id, event_id, bib, first_name, last_name, name_search, gender, category, club, birth_year,
      is_minor, created_at, updated_at)
    select gen_random_uuid(), ${eventId}::uuid, n::text, 'Prénom' || n, 'NOM' || n, 'prenom' || n || ' nom' || n, 'F', 'SEF', 'Club ' || n % 300,
      1980, false, now(), now()
    from generate_series(1, ${rows}::int) as n`);
  return rows;
}
