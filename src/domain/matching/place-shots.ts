import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { placeAt, trueTime } from '#domain/clocks/camera-clock.ts';
import { cameraClocks } from '#domain/clocks/tables.ts';
import { rows } from '#platform/db/rows.ts';
import { reachMs } from './burst.ts';
import type { Shot } from './find-bursts.ts';

/** Where and when, by the true time, a burst was taken, for as much as is known. */
export interface BurstPlace {
  cameraKey: string | null;
  /** By photo. */
  atMs: Map<string, number>;
  /** One deviation, ms; null while the clock is not solved. */
  clockSpreadMs: number | null;
  /** Null when timing does not cover it. */
  window: { placeId: string; fromMs: number; untilMs: number; reachMs: number } | null;
}

type Clock = Pick<
  typeof cameraClocks.$inferSelect,
  'cameraKey' | 'offsetMs' | 'driftPpm' | 'driftFrom' | 'spreadMs' | 'stays'
> & { residualCount: number };

/** A clock that a person set is right to about this, ms, when nothing says how well. */
const UNSTATED_SPREAD_MS = 500;
/** Cameras write hundredths at best. */
const LEAST_SPREAD_MS = 100;
/** Timing covers a place from its first runner to its last, and so much around. */
const AROUND_TIMING_MS = 300_000;

/** What clocks and expectations say of each burst, in the bursts' order. */
export async function placeBursts(
  ctx: Context,
  input: { eventId: string; bursts: readonly Shot[][] },
): Promise<BurstPlace[]> {
  const { eventId, bursts } = input;
  const keys = new Set(bursts.flat().flatMap(({ cameraKey }) => (cameraKey === null ? [] : [cameraKey])));
  const { cameraKey, offsetMs, driftPpm, driftFrom, spreadMs, stays, residuals } = cameraClocks;
  const residualCount = sql<number>`jsonb_array_length(${residuals})`;
  const found =
    keys.size === 0
      ? []
      : await ctx.db
          .select({ cameraKey, offsetMs, driftPpm, driftFrom, spreadMs, stays, residualCount })
          .from(cameraClocks)
          .where(and(eq(cameraClocks.eventId, eventId), inArray(cameraClocks.cameraKey, [...keys])));
  const clocks = new Map(found.map((clock) => [clock.cameraKey, clock]));
  const places = bursts.map((burst) => placeBurst(burst, clocks));
  const spans = await findSpans(ctx, eventId, places);
  return places.map(({ at, ...place }, index) => {
    const span = spans.get(index);
    if (!at || !span) return { ...place, window: null };
    const reach = reachMs(span.spreadMs, place.clockSpreadMs ?? 0);
    return {
      ...place,
      window: { placeId: at.placeId, fromMs: at.fromMs - reach, untilMs: at.untilMs + reach, reachMs: reach },
    };
  });
}

interface Placed extends Omit<BurstPlace, 'window'> {
  at: { placeId: string; fromMs: number; untilMs: number } | null;
}

function placeBurst(burst: readonly Shot[], clocks: ReadonlyMap<string, Clock>): Placed {
  const cameraKey = burst[0]?.cameraKey ?? null;
  const clock = clocks.get(cameraKey ?? '');
  const atMs = new Map<string, number>();
  if (!clock || clock.offsetMs === null) return { cameraKey, atMs, clockSpreadMs: null, at: null };
  for (const { id, takenAt } of burst) {
    const at = takenAt && trueTime(clock, takenAt);
    if (at) atMs.set(id, at.getTime());
  }
  const clockSpreadMs = spreadOf(clock);
  const first = burst.find(({ id }) => atMs.has(id));
  const placeId = first?.takenAt ? placeAt(clock, first.takenAt) : null;
  if (placeId === null) return { cameraKey, atMs, clockSpreadMs, at: null };
  const [fromMs, untilMs] = [Math.min(...atMs.values()), Math.max(...atMs.values())];
  return { cameraKey, atMs, clockSpreadMs, at: { placeId, fromMs, untilMs } };
}

/** The residuals of a solution hold what passages and the depth of the picture add; the clock itself is surer. */
function spreadOf({ spreadMs, residualCount }: Clock): number {
  if (spreadMs === null) return UNSTATED_SPREAD_MS;
  return Math.max(LEAST_SPREAD_MS, spreadMs / Math.sqrt(Math.max(1, residualCount)));
}

/** By burst: the largest spread of who is expected around it. None for one that timing does not cover. */
async function findSpans(
  ctx: Context,
  eventId: string,
  places: readonly Placed[],
): Promise<Map<number, { spreadMs: number }>> {
  const around = (ms: number) => new Date(ms).toISOString();
  const asked = places.flatMap(({ at }, burst) => {
    if (!at) return [];
    const from = around(at.fromMs - AROUND_TIMING_MS);
    return [{ burst, place: at.placeId, from, until: around(at.untilMs + AROUND_TIMING_MS) }];
  });
  if (asked.length === 0) return new Map();
  const edge = (order: 'asc' | 'desc') => sql`select expected_at from expected_passages
    where event_id = ${eventId} and place_id = asked.place order by expected_at ${sql.raw(order)} limit 1`;
  const found = await rows<{ burst: number; spread_ms: number }>(
    ctx.db,
    sql`select asked.burst, coalesce((select max(spread_ms) from expected_passages
          where event_id = ${eventId} and place_id = asked.place and expected_at between asked."from" and asked.until), 0)
        as spread_ms
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked
        (burst int, place uuid, "from" timestamptz, until timestamptz)
      where (${edge('asc')}) <= asked.until and (${edge('desc')}) >= asked."from"`,
  );
  return new Map(found.map(({ burst, spread_ms }) => [burst, { spreadMs: spread_ms }]));
}
