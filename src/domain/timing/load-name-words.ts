import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { DatabasePort } from '#platform/db/database.ts';
import { rows } from '#platform/db/rows.ts';
import { inEvent } from './select-runners.ts';
import { startListEntries } from './tables.ts';

/** A start list that came in a minute ago is found with slips; by whole words it is found at once. */
const LIFE_MS = 60_000;
/** A large event's words are two megabytes. */
const MOST_EVENTS = 12;

interface Kept {
  words: Promise<ReadonlySet<string>>;
  until: number;
}

const kept = new WeakMap<DatabasePort, Map<string, Kept>>();

/** Every word of an event's names, without accents. Kept in memory for a minute: reading them costs a hundred times what looking
 *  through them does. */
export function loadNameWords(ctx: Context, eventId: string): Promise<ReadonlySet<string>> {
  const events = kept.get(ctx.database) ?? new Map<string, Kept>();
  kept.set(ctx.database, events);
  const now = ctx.clock.now().getTime();
  const known = events.get(eventId);
  if (known && known.until > now) return known.words;
  const words = readNameWords(ctx, eventId);
  events.delete(eventId);
  events.set(eventId, { words, until: now + LIFE_MS });
  words.catch(() => events.delete(eventId));
  for (const oldest of events.keys()) {
    if (events.size <= MOST_EVENTS) break;
    events.delete(oldest);
  }
  return words;
}

/** As one text, doubles and all: a row for each word costs three times as much. */
async function readNameWords(ctx: Context, eventId: string): Promise<ReadonlySet<string>> {
  const [row] = await rows<{ words: string | null }>(
    ctx.db,
    sql`select string_agg(${startListEntries.nameSearch}, ' ') as words from ${startListEntries}
      where ${inEvent(eventId)}`,
  );
  return new Set(row?.words?.split(' ') ?? []);
}
