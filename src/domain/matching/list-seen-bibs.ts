import { eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from '#domain/events/tables.ts';
import { rows } from '#platform/db/rows.ts';
import { isPublished } from './find-attributed-photos.ts';
import { attributions } from './tables.ts';

/**
 * Those of the bibs that were read in the event, and whether one of their photos is published. Each is one look into the
 * index, so an event where all of them were read a hundred times costs what an empty one does.
 */
export async function listSeenBibs(
  ctx: Context,
  input: { eventId: string; bibs: string[] },
): Promise<{ bib: string; published: boolean }[]> {
  const { eventId, bibs } = input;
  if (bibs.length === 0) return [];
  const ofBib = sql`${eq(attributions.eventId, eventId)} and ${attributions.bib} = asked.bib`;
  const published = sql`select true from ${attributions} inner join ${events} on ${eq(events.id, attributions.eventId)}
    where ${ofBib} and ${isPublished()} limit 1`;
  // Scalar on purpose: `exists` may be turned into one read of the whole event.
  return rows<{ bib: string; published: boolean }>(
    ctx.db,
    sql`select asked.bib, (${published}) is true as published
      from unnest(${sql.param(bibs)}::text[]) as asked (bib)
      where (select true from ${attributions} where ${ofBib} limit 1)`,
  );
}
