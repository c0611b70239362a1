import { eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { cameraClocks } from '#domain/clocks/tables.ts';
import { checkpoints } from '#domain/events/tables.ts';
import { bibReads, photoFindings } from '#domain/matching/tables.ts';
import { photoCounts, photos } from '#domain/photos/tables.ts';
import { expectedPassages, startListEntries } from '#domain/timing/tables.ts';
import { makeEvent } from '../../tests/factories.ts';

const PLACES = 2;
/** 20,000 runners for 50,000 photos. */
const PHOTOS_PER_RUNNER = 2.5;
/** One runner after the other at each place: a larger race is a longer one, as they are. */
const SECONDS_BETWEEN = 1.5;
const START = '2026-05-17 07:00Z';
const CAMERA_LATE_S = 40;

/**
 * A race with its start list, its passages at two places and a camera of known clock at each. Of ten photos six show the whole
 * bib, one a doubtful one with what else it may be, three none; all show two persons and what they wear. Rows alone.
 */
export async function insertRace(ctx: Context, count: number): Promise<string> {
  const { id, organisationId } = await makeEvent(ctx);
  const runners = Math.ceil(count / PHOTOS_PER_RUNNER);
  await ctx.db.execute(sql`
    insert into ${startListEntries} (id, event_id, bib, first_name, last_name, name_search, created_at, updated_at)
    select gen_random_uuid(), ${id}::uuid, (10000 + n)::text, 'Léa', 'Moreau ' || n, 'lea moreau ' || n, now(), now()
    from generate_series(0, ${runners - 1}::int) as n`);
  for (let place = 0; place < PLACES; place += 1) {
    const placeId = ctx.random.id();
    await ctx.db.insert(checkpoints).values({ id: placeId, eventId: id, name: `${place}`, position: place });
    await ctx.db.insert(cameraClocks).values({
      ...{ id: ctx.random.id(), eventId: id, organisationId, cameraKey: `camera-${place}`, label: 'Acme' },
      ...{
        offsetMs: CAMERA_LATE_S * 1000,
        method: 'hand' as const,
        spreadMs: 300,
        updatedAt: ctx.clock.now(),
      },
      stays: [{ placeId, from: null, until: null, source: 'hand' as const }],
    });
    await ctx.db.execute(sql`
      insert into ${expectedPassages} (event_id, place_id, bib, lap, expected_at, spread_ms)
      select ${id}::uuid, ${placeId}::uuid, (10000 + n)::text, 1,
        timestamptz '${sql.raw(START)}' + n * interval '${sql.raw(String(SECONDS_BETWEEN))} second', 500
      from generate_series(0, ${runners - 1}::int) as n`);
  }
  await insertPhotos(ctx, { id, organisationId, count });
  await insertReads(ctx, id);
  await ctx.db.update(photoCounts).set({ ready: count }).where(eq(photoCounts.eventId, id));
  await ctx.db.execute(sql`analyze`);
  return id;
}

/** Of each place the frames follow its runners; the sequence of a photo says whom it shows. */
async function insertPhotos(
  ctx: Context,
  { id, organisationId, count }: { id: string; organisationId: string; count: number },
): Promise<void> {
  const between = SECONDS_BETWEEN / (PHOTOS_PER_RUNNER / PLACES);
  await ctx.db.execute(sql`
    insert into ${photos} (id, event_id, organisation_id, state, file_name, sha256, size_bytes, original_key, camera_key,
      sequence, taken_at, sort_at, received_at, ready_at)
    select gen_random_uuid(), ${id}::uuid, ${organisationId}::uuid, 'ready', 'IMG_' || n || '.jpg',
      md5(${id} || n) || md5(n || ${id}), 4000000, 'originals/' || md5(${id} || n) || '.jpg', 'camera-' || n % ${PLACES}::int,
      n, taken, taken, now(), now()
    from (select n, timestamptz '${sql.raw(START)}' - interval '${sql.raw(String(CAMERA_LATE_S))} second'
        + (n / ${PLACES}::int) * interval '${sql.raw(String(between))} second' as taken
      from generate_series(0, ${count - 1}::int) as n) as shots`);
}

async function insertReads(ctx: Context, id: string): Promise<void> {
  const whom = sql`10000 + floor((sequence / ${PLACES}::int) / ${PHOTOS_PER_RUNNER / PLACES}::float8)::int`;
  const alternatives = sql`jsonb_build_array(jsonb_build_object('bib', (${whom} + 1)::text, 'probability', 0.3))`;
  await ctx.db.execute(sql`
    insert into ${bibReads} (id, photo_id, engine_version, bib, text, confidence, box, tilt_degrees, kind, alternatives)
    select gen_random_uuid(), id, 'bench', (${whom})::text, (${whom})::text,
      case when sequence % 10 < 6 then 0.97 else 0.6 end, '{"x":0.42,"y":0.4,"w":0.06,"h":0.03}', 0,
      case when sequence % 10 < 6 then 'sure' else 'guess' end, case when sequence % 10 < 6 then null else ${alternatives} end
    from ${photos} where event_id = ${id}::uuid and sequence % 10 < 7`);
  const wears = (
    step: number,
  ) => sql`jsonb_build_object('upper', jsonb_build_array((${whom} + ${step}::int) * 7 % 90,
    (${whom} + ${step}::int) * 13 % 80 - 40, (${whom} + ${step}::int) * 29 % 80 - 40), 'lower', null)`;
  const person = (x: number, step: number) => sql`jsonb_build_object('box',
    jsonb_build_object('x', ${x}::float8, 'y', 0.2, 'w', 0.2, 'h', 0.6), 'confidence', 0.95, 'clothing', ${wears(step)})`;
  await ctx.db.execute(sql`
    insert into ${photoFindings} (photo_id, engine_version, persons, cpu_ms)
    select id, 'bench', jsonb_build_array(${person(0.35, 0)}, ${person(0.7, 1)}), 1 from ${photos}
    where event_id = ${id}::uuid`);
}
