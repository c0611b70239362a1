import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { EventRow } from '#domain/events/event.ts';
import { listEventRaces } from '#domain/events/list-event-races.ts';
import { parseInput } from '#platform/parse-input.ts';
import { assignRaces } from './assign-races.ts';
import { diffStartList, type StartListDiff, type WantedFields } from './diff-start-list.ts';
import { type RaceDay, readStartList, type StartListFile } from './read-start-list.ts';
import { findMapping } from './remember-mapping.ts';
import { type ColumnMapping, type ListProfile, mappingSchema, type RowIssue } from './start-list.ts';
import { startListEntries } from './tables.ts';

export interface ImportPlan {
  file: StartListFile;
  issues: RowIssue[];
  /** Names of races that the file has and the event has not. */
  newRaces: string[];
  /** What each runner that may be imported becomes once the races have ids. */
  resolve(raceIdOf: (name: string) => string | null): WantedFields[];
}

/** Reads the file and decides everything that needs no write. */
export async function planImport(
  ctx: Context,
  event: EventRow,
  input: { bytes: Buffer; mapping?: ColumnMapping | undefined; profile?: ListProfile | undefined },
): Promise<ImportPlan> {
  const mapping = input.mapping === undefined ? undefined : parseInput(mappingSchema, input.mapping);
  const file = await readStartList(input.bytes, raceDayOf(event), {
    profile: input.profile,
    choose: (headings) => mapping ?? findMapping(ctx, event.organisationId, headings),
  });
  const races = await listEventRaces(ctx, { eventId: event.id });
  const assigned = assignRaces(file.runners, races);
  const issues = [...file.issues, ...assigned.issues].sort((a, b) => a.line - b.line);
  return { file, issues, newRaces: assigned.newRaces, resolve: assigned.resolve };
}

/** The difference between the plan and the event's present list. Entries of races to be made get that name as id. */
export async function diffPlan(
  ctx: Context,
  eventId: string,
  entries: WantedFields[],
): Promise<StartListDiff> {
  const existing = await ctx.db.select().from(startListEntries).where(eq(startListEntries.eventId, eventId));
  return diffStartList(existing, entries);
}

/** The event's day as its own place counts it. */
function raceDayOf(event: EventRow): RaceDay {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: event.timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const part = (type: string) =>
    Number(parts.formatToParts(event.startsAt).find((one) => one.type === type)?.value);
  return { year: part('year'), month: part('month'), day: part('day') };
}
