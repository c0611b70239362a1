import { eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { attributions } from '#domain/matching/tables.ts';
import { writePosition } from '#domain/photos/page-position.ts';
import { photoCounts, photos } from '#domain/photos/tables.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import { makeEvent } from '../../tests/factories.ts';

export interface BigEvent {
  id: string;
  photos: number;
  bibs: string[];
  deepPosition: string;
}

const PHOTOS_PER_RUNNER = 10;
const FIRST_BIB = 1000;

/** A published event with ready photos, each with one published bib and ten of each runner: rows alone, no files. */
export async function insertEvent(ctx: Context, count: number): Promise<BigEvent> {
  const { id, organisationId } = await makeEvent(ctx);
  const runners = count / PHOTOS_PER_RUNNER;
  await ctx.db.execute(sql`
    insert into ${photos} (id, event_id, organisation_id, state, file_name, sha256, size_bytes, format, width_px, height_px,
      original_key, taken_at, sort_at, received_at, ready_at, bibs, race_ids, tone, doubtful)
    select gen_random_uuid(), ${id}::uuid, ${organisationId}::uuid, 'ready', 'IMG_' || n || '.jpg',
      md5(${id} || n) || md5(n || ${id}), 4000000, 'jpeg', 6000, 4000, 'originals/' || md5(${id} || n) || '.jpg',
      taken, taken, taken, taken, array[(${FIRST_BIB} + n % ${runners})::text], '{}', '#6b7a80', false
    from (select n, timestamptz '2026-05-17 07:00Z' + n * interval '0.4 second' as taken
      from generate_series(0, ${count - 1}::int) as n) as shots`);
  await ctx.db.execute(sql`
    insert into ${attributions} (id, photo_id, event_id, bib, probability, evidence, updated_at)
    select gen_random_uuid(), id, event_id, bibs[1], 0.99, '[]', sort_at from ${photos} where event_id = ${id}::uuid`);
  await ctx.db.execute(sql`
    insert into ${startListEntries} (id, event_id, bib, first_name, last_name, name_search, created_at, updated_at)
    select gen_random_uuid(), ${id}::uuid, (${FIRST_BIB} + n)::text, 'Léa', 'Moreau ' || n, 'lea moreau ' || n || ' lea', now(), now()
    from generate_series(0, ${runners - 1}::int) as n`);
  await ctx.db.update(photoCounts).set({ ready: count }).where(eq(photoCounts.eventId, id));
  // What autovacuum, or the hourly tidying of the embedded database, does in good time.
  await ctx.db.execute(sql`analyze`);
  const bibs = Array.from({ length: runners }, (_, index) => String(FIRST_BIB + index));
  return { id, photos: count, bibs, deepPosition: '' };
}

/** Where a gallery continues after that many photos. */
export async function positionAt(ctx: Context, event: BigEvent, offset: number): Promise<string> {
  const [photo] = await ctx.db
    .select({ id: photos.id, sortAt: photos.sortAt })
    .from(photos)
    .where(eq(photos.eventId, event.id))
    .orderBy(photos.sortAt, photos.id)
    .offset(offset)
    .limit(1);
  if (!photo) throw new Error(`the event has no photo ${offset}`);
  return writePosition(photo);
}
