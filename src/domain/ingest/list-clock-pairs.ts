import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { ClockPair } from '#domain/clocks/solve-clock.ts';
import { expectedPassages } from '#domain/timing/tables.ts';
import { rows } from '#platform/db/rows.ts';

/** Runners of one camera, drawn evenly by a digest of their bibs: more sharpen no clock. */
const MOST_BIBS = 1500;
/** Of each of them, so that nobody who stands beside the camera all day outweighs the others. */
const MOST_READS_OF_BIB = 40;

/** Sure reads of a camera's ready photos, and tags that people confirmed, each with everything timing expects of that
 *  runner. What a person rejected is no read. */
export async function listClockPairs(
  ctx: Context,
  input: { eventId: string; cameraKey: string },
): Promise<ClockPair[]> {
  const reads = await listSureReads(ctx, input);
  const bibs = [...new Set(reads.map(({ bib }) => bib))];
  if (bibs.length === 0) return [];
  const { placeId, bib, expectedAt, spreadMs } = expectedPassages;
  const expected = await ctx.db
    .select({ placeId, bib, expectedAt, spreadMs })
    .from(expectedPassages)
    .where(and(eq(expectedPassages.eventId, input.eventId), inArray(bib, bibs)));
  const byBib = Map.groupBy(expected, (row) => row.bib);
  return reads.map((read) => ({
    ...read,
    candidates: (byBib.get(read.bib) ?? []).map((row) => ({
      placeId: row.placeId,
      atMs: row.expectedAt.getTime(),
      spreadMs: row.spreadMs,
    })),
  }));
}

async function listSureReads(
  ctx: Context,
  { eventId, cameraKey }: { eventId: string; cameraKey: string },
): Promise<Omit<ClockPair, 'candidates'>[]> {
  const found = await rows<{
    photo_id: string;
    bib: string;
    at_ms: number;
    size: number | null;
    alone: boolean;
  }>(
    ctx.db,
    sql`
    with own as (
      select id, taken_at from photos
      where event_id = ${eventId} and camera_key = ${cameraKey} and state = 'ready' and taken_at is not null
    ), told as (
      select own.id as photo_id, read.bib, own.taken_at, (read.box->>'h')::float8 as size from own join bib_reads as read on read.photo_id = own.id
      where read.kind = 'sure' and read.partial is null and not exists (
        select 1 from attributions as tag
        where tag.photo_id = own.id and tag.bib = read.bib and tag.decision = 'rejected')
      union all
      select own.id, tag.bib, own.taken_at, null from own join attributions as tag on tag.photo_id = own.id
      where tag.decision = 'confirmed'
    ), sure as (
      select photo_id, bib, taken_at, max(size) as size from told group by photo_id, bib, taken_at
    ), some_bibs as (
      select bib from sure group by bib order by md5(bib) limit ${MOST_BIBS}
    ), counted as (
      select sure.*, row_number() over (partition by bib order by md5(photo_id::text)) as nth
      from sure join some_bibs using (bib)
    )
    select photo_id, bib, (extract(epoch from taken_at) * 1000)::float8 as at_ms, size,
      coalesce((select jsonb_array_length(persons) <= 1 from photo_findings as findings
        where findings.photo_id = counted.photo_id), false) as alone
    from counted where nth <= ${MOST_READS_OF_BIB}`,
  );
  return found.map(({ photo_id, bib, at_ms, size, alone }) => ({
    ...{ photoId: photo_id, bib, cameraAtMs: Math.round(at_ms), alone },
    ...(size !== null && { size }),
  }));
}
