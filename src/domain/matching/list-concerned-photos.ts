import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { rows } from '#platform/db/rows.ts';
import { sureProbability } from '#vision/bibs/judge-reads.ts';
import { listNearBibs } from './near-bibs.ts';

/** So few digits of a number are a piece of it; fewer say nothing, and more than two are never taken for hidden. */
const SHORTEST_PIECE = 2;
const MOST_HIDDEN = 2;

/** By its pixels alone, whatever a list made of it. */
const isSureByItself = sql`(coalesce((reads.plain->>'confidence')::float8, reads.confidence) >= ${sureProbability}
  and coalesce(reads.plain->>'bib', reads.bib) = reads.bib)`;

/**
 * An event's ready photos that these bibs may concern, when they come to its start list or leave it. `named`: one of them was
 * read, nearly or in part, or is a tag. `unsure`: something as long was read so doubtfully that it may be one of them.
 */
export async function listConcernedPhotos(
  ctx: Context,
  input: { eventId: string; bibs: readonly string[] },
): Promise<{ named: string[]; unsure: string[] }> {
  const { eventId } = input;
  const bibs = [...new Set(input.bibs)];
  const meant = [...new Set(bibs.flatMap(writingsOf))];
  const lengths = [...new Set(bibs.flatMap((bib) => around(digitsOf(bib).length)))];
  const found = await rows<{ id: string; named: boolean }>(
    ctx.db,
    sql`select photos.id, bool_or(concerned.named) as named from (
        select photo_id, true as named from attributions
          where event_id = ${eventId} and bib = any(${sql.param(bibs)}::text[])
        union all
        select reads.photo_id, reads.bib = any(${sql.param(meant)}::text[])
            or coalesce(reads.plain->>'bib' = any(${sql.param(meant)}::text[]), false)
            or exists (select from jsonb_array_elements(coalesce(reads.alternatives, '[]')) as other
              where other->>'bib' = any(${sql.param(bibs)}::text[]))
          from photos join bib_reads as reads on reads.photo_id = photos.id
          where photos.event_id = ${eventId}
            and (reads.kind <> 'dropped' or reads.reason in ('unsure', 'single-digit', 'year', 'partial', 'not-in-start-list'))
            and (not ${isSureByItself} or reads.bib = any(${sql.param(meant)}::text[]))
            and (length(regexp_replace(reads.bib, '\\D', '', 'g')) = any(${sql.param(lengths)}::int[])
              or reads.bib = any(${sql.param(meant)}::text[]))
      ) as concerned join photos on photos.id = concerned.photo_id
      where photos.state = 'ready' group by photos.id order by photos.id`,
  );
  const ids = (named: boolean) => found.filter((photo) => photo.named === named).map(({ id }) => id);
  return { named: ids(true), unsure: ids(false) };
}

/** What a bib is read as: itself, with a slip, or in part. */
function writingsOf(bib: string): string[] {
  const number = digitsOf(bib);
  const own = [bib, number].filter((text) => text !== '');
  return [...own, ...own.flatMap(listNearBibs), ...piecesOf(number)];
}

function piecesOf(number: string): string[] {
  const pieces: string[] = [];
  for (let hidden = 1; hidden <= MOST_HIDDEN; hidden += 1) {
    const length = number.length - hidden;
    if (length < SHORTEST_PIECE) break;
    for (let from = 0; from <= hidden; from += 1) pieces.push(number.slice(from, from + length));
  }
  return pieces;
}

function digitsOf(bib: string): string {
  return bib.replace(/\D/g, '');
}

/** A digit may be read that is none, or not be seen. */
function around(length: number): number[] {
  return [length - 1, length, length + 1];
}
