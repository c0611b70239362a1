import { eq } from 'drizzle-orm';
import type { Context, Locale } from '#context.ts';
import type { EventPlace } from '#domain/events/event.ts';
import { type EventDetails, getOwnEvent } from '#domain/events/get-own-event.ts';
import { localTimeOf } from '#domain/events/local-time.ts';
import { DomainError } from '#platform/errors.ts';
import { findRaceByName, isInRanges } from './assign-races.ts';
import { normaliseName } from './normalise-name.ts';
import { MAX_PASSAGES, type RawPoint, type ReadPassage } from './passage.ts';
import { placeInTime } from './place-in-time.ts';
import { roleOf } from './read-times-table.ts';
import { readTimingFile } from './read-timing-file.ts';
import type { RowIssue } from './start-list.ts';
import { passages, startListEntries } from './tables.ts';

export type PassageRow = typeof passages.$inferSelect;

/** A passage of the file, in the event's own terms. `checkpoint` is the position in `places`. */
export interface WantedPassage {
  raceId: string | null;
  bib: string;
  checkpoint: number;
  lap: number;
  at: Date;
  kind: PassageRow['kind'];
  precisionMs: number;
}

export interface PassagePlan {
  format: PassageRow['source'];
  encoding: string;
  /** The checkpoints of the file that have times: those of the event, and new ones without id. */
  places: (Omit<EventPlace, 'id'> & { id: string | null })[];
  wanted: WantedPassage[];
  runnerCount: number;
  issues: RowIssue[];
  unknown: string[];
}

const END_NAMES: Record<Locale, Record<'start' | 'finish', string>> = {
  fr: { start: 'Départ', finish: 'Arrivée' },
  en: { start: 'Start', finish: 'Finish' },
};

/** Reads the file and decides everything that needs no write. */
export async function planPassages(
  ctx: Context,
  input: { eventId: string; bytes: Buffer },
): Promise<PassagePlan> {
  const event = await getOwnEvent(ctx, input);
  const raw = await readTimingFile(input.bytes, { gunMs: firstGunMs(event) });
  const gunOf = (race: string | null) =>
    (race === null ? null : findRaceByName(race, event.races)?.startsAt) ?? event.startsAt;
  const placed = placeInTime(raw, { timeZone: event.timeZone, gunOf });
  if (placed.passages.length > MAX_PASSAGES) {
    throw new DomainError('too-large', {
      public: { key: 'timing.tooManyPassages', values: { max: MAX_PASSAGES } },
    });
  }
  const used = [...new Set(placed.passages.map(({ point }) => point))].sort((a, b) => a - b);
  const places = used.map((point) => findPlace(raw.points[point], event, ctx.locale));
  const raceIdOf = await openRaceFinder(ctx, event);
  const wanted = placed.passages.map(({ line: _line, race, point, ...passage }) => ({
    ...passage,
    raceId: raceIdOf(race, passage.bib),
    checkpoint: used.indexOf(point),
  }));
  const { kept, issues } = dropRepeated(wanted, placed.passages);
  return {
    format: raw.format,
    encoding: raw.encoding,
    places,
    wanted: kept,
    runnerCount: raw.runners.length,
    issues: [...raw.issues, ...placed.issues, ...issues].sort((a, b) => a.line - b.line),
    unknown: raw.unknown,
  };
}

/** The event's present passages at the checkpoints of the plan. */
export function listExisting(ctx: Context, eventId: string): Promise<PassageRow[]> {
  return ctx.db.select().from(passages).where(eq(passages.eventId, eventId));
}

function firstGunMs(event: EventDetails): number {
  const starts = [event.startsAt, ...event.races.flatMap(({ startsAt }) => startsAt ?? [])];
  const first = new Date(Math.min(...starts.map((start) => start.getTime())));
  const local = localTimeOf(first, event.timeZone);
  return new Date(`1970-01-01T${local.slice(11)}Z`).getTime();
}

/** A checkpoint of the event by its name or by its role, else one to be made. */
function findPlace(
  point: RawPoint | undefined,
  event: EventDetails,
  locale: Locale,
): PassagePlan['places'][number] {
  const role = point?.role ?? 'split';
  const name = point?.name ?? (role === 'split' ? '?' : END_NAMES[locale][role]);
  const plain = normaliseName(name);
  const known =
    event.checkpoints.find((place) => normaliseName(place.name) === plain) ??
    (role === 'split' ? undefined : event.checkpoints.find((place) => roleOf(place.name) === role));
  return known ?? { id: null, name, distanceMeters: point?.distanceMeters ?? null };
}

/** A runner's race: by its name in the file, else by the start list, else by the bib ranges, else the only one. */
async function openRaceFinder(
  ctx: Context,
  event: EventDetails,
): Promise<(race: string | null, bib: string) => string | null> {
  const entries = await ctx.db
    .select({ bib: startListEntries.bib, raceId: startListEntries.raceId })
    .from(startListEntries)
    .where(eq(startListEntries.eventId, event.id));
  const byBib = new Map<string, string | null>();
  for (const { bib, raceId } of entries) byBib.set(bib, byBib.has(bib) ? null : raceId);
  return (race, bib) => {
    const named = race === null ? undefined : findRaceByName(race, event.races);
    if (named) return named.id;
    const listed = byBib.get(bib);
    if (listed) return listed;
    const inRange = event.races.filter((candidate) => isInRanges(bib, candidate));
    if (inRange.length === 1) return inRange[0]?.id ?? null;
    return event.races.length === 1 ? (event.races[0]?.id ?? null) : null;
  };
}

/** Two rows for one runner at one place and lap: the first counts, the other is told. */
function dropRepeated(
  wanted: WantedPassage[],
  read: ReadPassage[],
): { kept: WantedPassage[]; issues: RowIssue[] } {
  const firstLine = new Map<string, number>();
  const issues: RowIssue[] = [];
  const kept = wanted.filter((passage, index) => {
    const line = read[index]?.line ?? 0;
    const key = `${passage.raceId}/${passage.bib}/${passage.checkpoint}/${passage.lap}`;
    const first = firstLine.get(key);
    if (first === undefined) firstLine.set(key, line);
    else if (first !== line) {
      const values = { bib: passage.bib, line: first };
      issues.push({ severity: 'error', line, column: null, key: 'bibTwice', values });
    }
    return first === undefined;
  });
  return { kept, issues };
}
