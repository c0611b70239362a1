import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from '#domain/photos/tables.ts';
import { MAT_SPREAD_MS } from '#domain/timing/expect-passages.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import type { Candidate, Frame } from '#domain/weighing/scene.ts';
import { rows } from '#platform/db/rows.ts';
import type { Clothing } from '#vision/findings.ts';
import { reachMs } from './burst.ts';
import type { EventScale } from './event-scale.ts';
import type { BurstPlace } from './place-shots.ts';
import { clothingSightings } from './tables.ts';

/** The nearest ones: with so many around, timing tells nobody from another. */
const MOST_EXPECTED = 300;
/** What a runner wore is known after a few photos. */
const MOST_SIGHTINGS = 6;
const APART_MS = 30_000;
/** Chips are written to tenths. */
const LEAST_SPREAD_MS = 100;

interface Scene {
  frames: Frame[];
  place: BurstPlace;
}

interface Expectation {
  burst: number;
  bib: string;
  atMs: number;
  spreadMs: number;
}

/** For each burst everybody whom timing expects around it, and everybody whom one of its reads may mean. */
export async function listCandidates(
  ctx: Context,
  scale: EventScale,
  scenes: readonly Scene[],
): Promise<Candidate[][]> {
  const read = scenes.map(({ frames }) => readBibs(frames, scale.startListSize === null));
  const expected = [
    ...(await listExpectedNear(ctx, scale.eventId, scenes)),
    ...(await listExpectedOf(ctx, scale.eventId, scenes, read)),
  ];
  const bibs = scenes.map((_, at) => {
    const here = expected.filter(({ burst }) => burst === at).map(({ bib }) => bib);
    return new Set([...(read[at] ?? []), ...here]);
  });
  const all = [...new Set(bibs.flatMap((set) => [...set]))];
  const listed = scale.startListSize === null ? new Set(all) : await keepListed(ctx, scale.eventId, all);
  const clothing = await listClothing(ctx, scale.eventId, scenes, all);
  return scenes.map((scene, at) => {
    const here = Map.groupBy(
      expected.filter(({ burst }) => burst === at),
      ({ bib }) => bib,
    );
    return [...(bibs[at] ?? [])]
      .filter((bib) => listed.has(bib))
      .flatMap((bib) => {
        const elsewhere = (clothing.get(bib) ?? []).filter((sighting) => isElsewhere(sighting, scene));
        const seenIn = elsewhere.slice(0, MOST_SIGHTINGS).map((sighting) => sighting.clothing);
        return oneEachLap(bib, here.get(bib) ?? [], seenIn);
      });
  });
}

/** What was worn counts once for a runner, however often they pass. */
function oneEachLap(bib: string, passages: Expectation[], seenIn: Clothing[]): Candidate[] {
  const byInstant = new Map(passages.map((passage) => [passage.atMs, passage]));
  const laps = [...byInstant.values()].sort((a, b) => a.atMs - b.atMs);
  if (laps.length === 0) return [{ bib, expected: null, seenIn }];
  return laps.map(({ atMs, spreadMs }, lap) => ({
    bib,
    expected: { atMs, spreadMs: withoutLens(spreadMs) },
    seenIn: lap === 0 ? seenIn : [],
  }));
}

/** How long before or after the mat a photo is taken is told by the size of a body in the picture: only what the chip leaves. */
function withoutLens(spreadMs: number): number {
  return Math.sqrt(Math.max(LEAST_SPREAD_MS ** 2, spreadMs ** 2 - MAT_SPREAD_MS ** 2));
}

/** Where there is no list, a number is a runner's only when it was kept and seen whole. */
function readBibs(frames: readonly Frame[], withoutList: boolean): Set<string> {
  const reads = frames.flatMap((frame) => frame.reads);
  const decided = frames.flatMap((frame) => frame.decisions.map(({ bib }) => bib));
  if (withoutList) {
    const kept = reads.filter(({ kind, partial }) => kind !== 'dropped' && partial === undefined);
    return new Set([...kept.map(({ bib }) => bib), ...decided]);
  }
  const meant = reads.flatMap(({ bib, alternatives }) => [
    bib,
    ...(alternatives ?? []).map((other) => other.bib),
  ]);
  return new Set([...meant, ...decided]);
}

async function listExpectedNear(
  ctx: Context,
  eventId: string,
  scenes: readonly Scene[],
): Promise<Expectation[]> {
  const windows = scenes.flatMap(({ place }, burst) => (place.window ? [{ burst, ...place.window }] : []));
  if (windows.length === 0) return [];
  const at = (ms: number) => new Date(ms).toISOString();
  const asked = windows.map(({ burst, placeId, fromMs, untilMs }) => ({
    ...{ burst, place: placeId, from: at(fromMs), until: at(untilMs), middle: at((fromMs + untilMs) / 2) },
  }));
  const found = await rows<ExpectationRow>(
    ctx.db,
    sql`select asked.burst, near.bib, near.at_ms, near.spread_ms
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked
        (burst int, place uuid, "from" timestamptz, until timestamptz, middle timestamptz)
      cross join lateral (
        select bib, ${MS} as at_ms, spread_ms from expected_passages
        where event_id = ${eventId} and place_id = asked.place and expected_at between asked."from" and asked.until
        order by greatest(expected_at - asked.middle, asked.middle - expected_at), bib, lap limit ${MOST_EXPECTED}) as near`,
  );
  return found.map(fromRow).filter(({ burst, atMs, spreadMs }) => {
    const place = scenes[burst]?.place;
    if (!place?.window) return false;
    const more = place.window.reachMs - reachMs(spreadMs, place.clockSpreadMs ?? 0);
    return atMs >= place.window.fromMs + more && atMs <= place.window.untilMs - more;
  });
}

/** When the runners whose numbers were read are expected there, however far from now that is: it speaks against them. */
async function listExpectedOf(
  ctx: Context,
  eventId: string,
  scenes: readonly Scene[],
  read: readonly Set<string>[],
): Promise<Expectation[]> {
  const asked = scenes.flatMap(({ place }, burst) => {
    const placeId = place.window?.placeId;
    return placeId ? [...(read[burst] ?? [])].map((bib) => ({ burst, place: placeId, bib })) : [];
  });
  if (asked.length === 0) return [];
  const found = await rows<ExpectationRow>(
    ctx.db,
    sql`select asked.burst, asked.bib, ${MS} as at_ms, spread_ms
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked (burst int, place uuid, bib text)
      join expected_passages as there
        on there.event_id = ${eventId} and there.bib = asked.bib and there.place_id = asked.place`,
  );
  return found.map(fromRow);
}

const MS = sql`(extract(epoch from expected_at) * 1000)::float8`;

interface ExpectationRow {
  burst: number;
  bib: string;
  at_ms: number;
  spread_ms: number;
}

function fromRow({ burst, bib, at_ms, spread_ms }: ExpectationRow): Expectation {
  return { burst, bib, atMs: Math.round(at_ms), spreadMs: spread_ms };
}

async function keepListed(ctx: Context, eventId: string, bibs: string[]): Promise<Set<string>> {
  if (bibs.length === 0) return new Set();
  const found = await ctx.db
    .selectDistinct({ bib: startListEntries.bib })
    .from(startListEntries)
    .where(and(eq(startListEntries.eventId, eventId), inArray(startListEntries.bib, bibs)));
  return new Set(found.map(({ bib }) => bib));
}

interface Sighting {
  photoId: string;
  bib: string;
  clothing: Clothing;
  cameraKey: string | null;
  takenAt: Date | null;
}

async function listClothing(
  ctx: Context,
  eventId: string,
  scenes: readonly Scene[],
  bibs: string[],
): Promise<Map<string, Sighting[]>> {
  const worn = scenes.some(({ frames }) =>
    frames.some(({ persons }) => persons.some(({ clothing }) => clothing)),
  );
  if (!worn || bibs.length === 0) return new Map();
  const { photoId, bib, clothing } = clothingSightings;
  const { cameraKey, takenAt } = photos;
  const found = await ctx.db
    .select({ photoId, bib, clothing, cameraKey, takenAt })
    .from(clothingSightings)
    .innerJoin(photos, eq(photos.id, photoId))
    .where(and(eq(clothingSightings.eventId, eventId), inArray(bib, bibs)))
    .orderBy(bib, photoId);
  return Map.groupBy(found, (sighting) => sighting.bib);
}

/** What the same camera saw half a minute ago says nothing new: its bursts follow the runner themselves. */
function isElsewhere({ photoId, cameraKey, takenAt }: Sighting, { frames, place }: Scene): boolean {
  if (frames.some((frame) => frame.photoId === photoId)) return false;
  const at = frames[0]?.cameraAtMs ?? null;
  if (at === null || takenAt === null || cameraKey !== place.cameraKey) return true;
  return Math.abs(takenAt.getTime() - at) > APART_MS;
}
