import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { lockEvent } from '#domain/events/lock-event.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { checkpoints, photoSpots, races } from '#domain/events/tables.ts';
import { rows } from '#platform/db/rows.ts';
import { chunksOf } from './chunks-of.ts';
import { type Course, type Expectation, expectPassages, type RunnerPassages } from './expect-passages.ts';
import { expectedPassages, passages } from './tables.ts';

/** A stretch of time, true time, in which expectations at a place changed. */
export interface ChangedExpectations {
  placeId: string;
  from: Date;
  until: Date;
}

/** Some 20,000 rows at ten places: a transaction of a second or so. */
const BIBS_AT_ONCE = 2000;
/** Changes nearer to each other than this are told as one. */
const ONE_STRETCH_MS = 600_000;

type Changed = Pick<Expectation, 'placeId' | 'atMs'>;

/**
 * Works out anew when runners are expected where photos are taken: all of the event's, or those of `bibs`. Writes only what
 * differs and gives where and when that was. Each lot of runners is a transaction of its own, in which `follow` is
 * told what changed: what it writes stands or falls with it. Safe to run twice.
 */
export async function refreshExpectedPassages(
  ctx: Context,
  input: { eventId: string; bibs?: readonly string[] | undefined },
  follow?: (tx: Context, changed: ChangedExpectations[]) => Promise<void>,
): Promise<ChangedExpectations[]> {
  const event = await requireOwnEvent(ctx, input);
  const changed: Changed[] = [];
  const tell = async (tx: Context, some: Changed[]) => {
    changed.push(...some);
    if (some.length > 0) await follow?.(tx, stretchesOf(some));
  };
  if (!input.bibs) {
    await inTransaction(ctx, async (tx) => {
      await lockEvent(tx, event.id);
      await tell(tx, await dropForgotten(tx, event.id));
    });
  }
  for await (const bibs of lotsOf(ctx, event.id, input.bibs)) {
    await inTransaction(ctx, async (tx) => {
      await lockEvent(tx, event.id);
      const course = await loadCourse(tx, event.id, event.startsAt);
      await tell(tx, await refreshLot(tx, course, event.id, bibs));
    });
  }
  return stretchesOf(changed);
}

/** Expectations at places that are gone, and of runners without passages. */
async function dropForgotten(ctx: Context, eventId: string): Promise<Changed[]> {
  const gone = await rows<{ place_id: string; at_ms: number }>(
    ctx.db,
    sql`delete from expected_passages as expected where event_id = ${eventId} and (
      not exists (select 1 from passages where event_id = ${eventId} and bib = expected.bib)
      or (not exists (select 1 from checkpoints where id = expected.place_id)
        and not exists (select 1 from photo_spots where id = expected.place_id)))
      returning place_id, (extract(epoch from expected_at) * 1000)::float8 as at_ms`,
  );
  return gone.map(({ place_id, at_ms }) => ({ placeId: place_id, atMs: at_ms }));
}

async function* lotsOf(
  ctx: Context,
  eventId: string,
  bibs: readonly string[] | undefined,
): AsyncGenerator<string[]> {
  if (bibs) {
    for (let at = 0; at < bibs.length; at += BIBS_AT_ONCE) yield bibs.slice(at, at + BIBS_AT_ONCE);
    return;
  }
  let last = '';
  for (;;) {
    const lot: { bib: string }[] = await ctx.db
      .selectDistinct({ bib: passages.bib })
      .from(passages)
      .where(and(eq(passages.eventId, eventId), gt(passages.bib, last)))
      .orderBy(asc(passages.bib))
      .limit(BIBS_AT_ONCE);
    if (lot.length > 0) yield lot.map(({ bib }) => bib);
    if (lot.length < BIBS_AT_ONCE) return;
    last = lot.at(-1)?.bib ?? '';
  }
}

async function loadCourse(tx: Context, eventId: string, startsAt: Date): Promise<Course> {
  const [marks, spots, starts] = await Promise.all([
    tx.db.select().from(checkpoints).where(eq(checkpoints.eventId, eventId)),
    tx.db.select().from(photoSpots).where(eq(photoSpots.eventId, eventId)),
    tx.db.select().from(races).where(eq(races.eventId, eventId)),
  ]);
  return {
    checkpoints: marks,
    spots,
    races: starts.map(({ id, distanceMeters, startsAt: at }) => ({
      id,
      distanceMeters,
      startsAtMs: at?.getTime() ?? null,
    })),
    startsAtMs: startsAt.getTime(),
  };
}

async function refreshLot(tx: Context, course: Course, eventId: string, bibs: string[]): Promise<Changed[]> {
  const there = and(eq(passages.eventId, eventId), inArray(passages.bib, bibs));
  const found = await tx.db.select().from(passages).where(there);
  const runners = Map.groupBy(found, ({ raceId, bib }) => `${raceId}/${bib}`);
  const wanted = new Map<string, Expectation>();
  for (const own of runners.values()) {
    const [first] = own;
    if (!first) continue;
    const runner: RunnerPassages = {
      raceId: first.raceId,
      bib: first.bib,
      passages: own.map((passage) => ({ ...passage, atMs: passage.at.getTime() })),
    };
    for (const expectation of expectPassages(course, runner)) wanted.set(keyOf(expectation), expectation);
  }
  const known = await tx.db
    .select()
    .from(expectedPassages)
    .where(and(eq(expectedPassages.eventId, eventId), inArray(expectedPassages.bib, bibs)));
  const before = known.map(({ expectedAt, ...row }) => ({ ...row, atMs: expectedAt.getTime() }));
  const gone = before.filter((row) => !wanted.has(keyOf(row)));
  for (const row of before) {
    const after = wanted.get(keyOf(row));
    if (after && after.atMs === row.atMs && after.spreadMs === row.spreadMs) wanted.delete(keyOf(row));
  }
  const fresh = [...wanted.values()];
  const moved = before.filter((row) => wanted.has(keyOf(row)));
  await removeExpected(tx, gone);
  await writeExpected(tx, eventId, fresh);
  return [...gone, ...moved, ...fresh];
}

function keyOf({ placeId, raceId, bib, lap }: Omit<Expectation, 'atMs' | 'spreadMs'>): string {
  return `${placeId}/${raceId}/${bib}/${lap}`;
}

async function removeExpected(tx: Context, gone: Omit<Expectation, 'atMs' | 'spreadMs'>[]): Promise<void> {
  for (const chunk of chunksOf(gone)) {
    await tx.db.execute(sql`
      delete from expected_passages as expected
      using jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb)
        as row ("placeId" uuid, "raceId" uuid, bib text, lap integer)
      where expected.place_id = row."placeId" and expected.bib = row.bib and expected.lap = row.lap
        and expected.race_id is not distinct from row."raceId"`);
  }
}

async function writeExpected(tx: Context, eventId: string, fresh: Expectation[]): Promise<void> {
  for (const chunk of chunksOf(fresh)) {
    await tx.db.execute(sql`
      insert into expected_passages (event_id, place_id, race_id, bib, lap, expected_at, spread_ms)
      select ${eventId}::uuid, "placeId", "raceId", bib, lap, to_timestamp("atMs" / 1000.0), "spreadMs"
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb)
        as row ("placeId" uuid, "raceId" uuid, bib text, lap integer, "atMs" numeric, "spreadMs" integer)
      on conflict (place_id, race_id, bib, lap)
        do update set expected_at = excluded.expected_at, spread_ms = excluded.spread_ms`);
  }
}

function stretchesOf(changed: Changed[]): ChangedExpectations[] {
  const found: ChangedExpectations[] = [];
  for (const [placeId, there] of Map.groupBy(changed, (one) => one.placeId)) {
    const instants = there.map(({ atMs }) => atMs).sort((a, b) => a - b);
    for (const atMs of instants) {
      const last = found.at(-1);
      const isSame = last?.placeId === placeId && atMs - last.until.getTime() <= ONE_STRETCH_MS;
      if (last && isSame) last.until = new Date(atMs);
      else found.push({ placeId, from: new Date(atMs), until: new Date(atMs) });
    }
  }
  return found;
}
