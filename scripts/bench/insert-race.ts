import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { cameraClocks } from '#domain/clocks/tables.ts';
import { checkpoints } from '#domain/events/tables.ts';
import { bibReads, photoFindings } from '#domain/matching/tables.ts';
import { photoCounts, photos } from '#domain/photos/tables.ts';
import { MAT_SPREAD_MS } from '#domain/timing/expect-passages.ts';
import { expectedPassages, startListEntries } from '#domain/timing/tables.ts';
import { type Arrival, drawArrivals, kmOfSpot } from '../../src/cli/simulate/draw-cameras.ts';
import { drawField, type Field, timeAt } from '../../src/cli/simulate/draw-runners.ts';
import { PARAMETERS } from '../../src/cli/simulate/event-parameters.ts';
import { type Random, randomFrom } from '../../src/cli/simulate/random.ts';
import { drawSeries, type SimulatedFrame } from '../../src/cli/simulate/simulate-event.ts';
import { makeEvent } from '../../tests/factories.ts';

/** Finish and half way, both timed. */
const PLACES = [0, 1];
/** Photographers take about 2.6 at the two places, and so leave before the last runners. */
const PHOTOS_PER_RUNNER = 2;
/** One runner after the other at each place: a larger race is a longer one, as they are. */
const SECONDS_BETWEEN = 1.5;
const START_MS = Date.parse('2026-05-17T07:00:00Z');
const CAMERA_LATE_MS = 40_000;
const CLOCK_SPREAD_MS = 300;
const FRAME_SPACING_S = 0.3;
const SEED = 1;
const ROWS_AT_ONCE = 500;

/**
 * A race with its start list, its passages at two places and a camera of known clock at each. Runners, what they wear, how they
 * come along the road from frame to frame and how they are found and read are those of simulated events, but one density at
 * every size. Rows alone.
 */
export async function insertRace(ctx: Context, count: number): Promise<string> {
  const { id, organisationId } = await makeEvent(ctx);
  const random = randomFrom(SEED);
  const field = drawField(Math.ceil(count / PHOTOS_PER_RUNNER), random.fork('field'));
  await ctx.db.execute(sql`
    insert into ${startListEntries} (id, event_id, bib, first_name, last_name, name_search, created_at, updated_at)
    select gen_random_uuid(), ${id}::uuid, bib, 'Léa', 'Moreau ' || bib, 'lea moreau ' || bib, now(), now()
    from jsonb_array_elements_text(${JSON.stringify(field.startList)}::jsonb) as bib`);
  for (const place of PLACES) {
    const own = random.fork(`place ${place}`);
    const arrivals = drawArrivals(oneAfterTheOther(field, place), place, own.fork('arrivals'));
    const cameraKey = `camera-${place}`;
    await insertPlace(ctx, { eventId: id, organisationId, place, cameraKey });
    await insertPassages(ctx, { eventId: id, place, arrivals, random: own.fork('passages') });
    const camera = {
      ...{ key: cameraKey, spot: place, clockErrorMs: -CAMERA_LATE_MS, driftPpm: 0 },
      spacing: FRAME_SPACING_S,
    };
    const list = { bibs: field.startList, known: new Set(field.startList) };
    const wanted = Math.ceil((count - place) / PLACES.length);
    const frames = drawSeries({ camera, arrivals, list }, own.fork('series')).slice(0, wanted);
    if (frames.length < wanted) throw new Error(`only ${frames.length} of ${wanted} photos were taken`);
    await insertFrames(ctx, { eventId: id, organisationId, cameraKey, frames });
  }
  await ctx.db.update(photoCounts).set({ ready: count }).where(eq(photoCounts.eventId, id));
  await ctx.db.execute(sql`analyze`);
  return id;
}

/** The runners of a field with their own paces, brought to a place at even steps. */
function oneAfterTheOther(field: Field, place: number): Field {
  let next = 0;
  const runners = field.runners.flatMap((runner) => {
    const at = timeAt(runner, kmOfSpot(place, runner.race));
    if (at === null) return [];
    const later = START_MS + SECONDS_BETWEEN * 1000 * next++ - at;
    return [{ ...runner, kmMs: runner.kmMs.map((ms) => ms + later) }];
  });
  return { ...field, runners };
}

interface Place {
  eventId: string;
  organisationId: string;
  place: number;
  cameraKey: string;
}

async function insertPlace(
  ctx: Context,
  { eventId, organisationId, place, cameraKey }: Place,
): Promise<void> {
  const placeId = ctx.random.id();
  await ctx.db.insert(checkpoints).values({ id: placeId, eventId, name: `${place}`, position: place });
  await ctx.db.insert(cameraClocks).values({
    ...{ id: ctx.random.id(), eventId, organisationId, cameraKey, label: 'Acme', method: 'hand' },
    ...{ offsetMs: CAMERA_LATE_MS, spreadMs: CLOCK_SPREAD_MS, updatedAt: ctx.clock.now() },
    stays: [{ placeId, from: null, until: null, source: 'hand' }],
  });
}

/** Of those who have a chip that worked. */
async function insertPassages(
  ctx: Context,
  {
    eventId,
    place,
    arrivals,
    random,
  }: { eventId: string; place: number; arrivals: Arrival[]; random: Random },
): Promise<void> {
  const { noChip, missed, precisionMs } = PARAMETERS.timing;
  const passages = arrivals.flatMap(({ runner: { bib, listed }, atMs }) =>
    bib === null || !listed || random.chance(noChip + missed)
      ? []
      : [{ bib, at: new Date(atMs + random.normal(0, precisionMs)).toISOString() }],
  );
  await ctx.db.execute(sql`
    insert into ${expectedPassages} (event_id, place_id, bib, lap, expected_at, spread_ms)
    select ${eventId}::uuid, place.id, bib, 1, at, ${MAT_SPREAD_MS}::float8
    from jsonb_to_recordset(${JSON.stringify(passages)}::jsonb) as passage (bib text, at timestamptz),
      ${checkpoints} as place where place.event_id = ${eventId}::uuid and place.position = ${place}::int`);
}

async function insertFrames(
  ctx: Context,
  {
    eventId,
    organisationId,
    cameraKey,
    frames,
  }: Omit<Place, 'place'> & { frames: readonly SimulatedFrame[] },
): Promise<void> {
  const shots = frames.map(({ frame }) => ({ ...frame, id: ctx.random.id() }));
  await inPieces(shots, (some) =>
    ctx.db.insert(photos).values(
      some.map(({ id, photoId, cameraAtMs }) => {
        const at = new Date(cameraAtMs ?? START_MS);
        return {
          ...{ id, eventId, organisationId, cameraKey, state: 'ready' as const, takenAt: at, sortAt: at },
          ...{ fileName: `${photoId}.jpg`, originalKey: `originals/${id}.jpg`, sizeBytes: 4_000_000 },
          sha256: createHash('sha256').update(id).digest('hex'),
          ...{ receivedAt: ctx.clock.now(), readyAt: ctx.clock.now() },
        };
      }),
    ),
  );
  const read = { engineVersion: 'bench', tiltDegrees: 0 };
  const reads = shots.flatMap(({ id: photoId, reads }) => reads.map((one) => ({ ...one, ...read, photoId })));
  await inPieces(reads, (some) =>
    ctx.db.insert(bibReads).values(some.map((one) => ({ ...one, id: ctx.random.id() }))),
  );
  await inPieces(shots, (some) =>
    ctx.db
      .insert(photoFindings)
      .values(some.map(({ id, persons }) => ({ photoId: id, engineVersion: 'bench', persons, cpuMs: 1 }))),
  );
}

async function inPieces<Row>(rows: readonly Row[], insert: (some: Row[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) await insert(rows.slice(at, at + ROWS_AT_ONCE));
}
