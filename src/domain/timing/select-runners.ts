import { and, asc, eq, not, type SQL } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { listEventRaces } from '#domain/events/list-event-races.ts';
import { refusesPhotos } from './refuses-photos.ts';
import type { Runner } from './start-list.ts';
import { startListEntries } from './tables.ts';

/** Reads entries with their race's name and colour. */
export async function selectRunners(
  ctx: Context,
  eventId: string,
  where: SQL | undefined,
  options: { limit: number; orderBy?: SQL[] },
): Promise<Runner[]> {
  const rows = await ctx.db
    .select({
      entryId: startListEntries.id,
      bib: startListEntries.bib,
      firstName: startListEntries.firstName,
      lastName: startListEntries.lastName,
      raceId: startListEntries.raceId,
      category: startListEntries.category,
      club: startListEntries.club,
      isMinor: startListEntries.isMinor,
    })
    .from(startListEntries)
    .where(where)
    .orderBy(...(options.orderBy ?? [asc(startListEntries.bib), asc(startListEntries.id)]))
    .limit(options.limit);
  if (rows.length === 0) return [];
  const races = new Map((await listEventRaces(ctx, { eventId })).map((race) => [race.id, race]));
  return rows.map((row) => {
    const race = row.raceId === null ? undefined : races.get(row.raceId);
    return { ...row, raceName: race?.name ?? null, raceColour: race?.colour ?? null };
  });
}

/** The entries of an event that visitors may find: those of nobody who refuses photos. */
export function mayBeFound(eventId: string): SQL | undefined {
  return and(inEvent(eventId), not(refusesPhotos(eventId, startListEntries.bib)));
}

export function inEvent(eventId: string): SQL {
  return eq(startListEntries.eventId, eventId);
}
