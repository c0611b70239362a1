import { eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from '#domain/events/tables.ts';
import { holdPhotos } from '#domain/photos/hold-photos.ts';
import { setPublishedBibs } from '#domain/photos/set-published-bibs.ts';
import { photos } from '#domain/photos/tables.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import { LEAST_MAYBE_PROBABILITY } from './attribution.ts';
import { isPublished } from './find-attributed-photos.ts';
import { attributions } from './tables.ts';
import { entropyBits, triageGain } from './triage-gain.ts';

/** Shows the tags of these photos as they stand now. For the transaction that wrote the tags. */
export async function publishBibs(tx: Context, photoIds: readonly string[]): Promise<void> {
  if (photoIds.length > 0) await publishWhere(tx, inArray(photos.id, [...photoIds]));
}

/** The same for all photos of an event. */
export async function publishEventBibs(tx: Context, eventId: string): Promise<void> {
  await publishWhere(tx, eq(photos.eventId, eventId));
}

async function publishWhere(tx: Context, which: SQL): Promise<void> {
  // First, and in a statement of its own: whoever writes a tag holds the photo, and what they wrote is then seen here.
  await holdPhotos(tx, which);
  await setPublishedBibs(tx, publishedTags(which));
}

function publishedTags(which: SQL): SQL {
  const doubtful = sql`${attributions.decision} is null and ${attributions.probability} < ${events.publishThreshold}
    and ${attributions.probability} >= ${LEAST_MAYBE_PROBABILITY}`;
  const raceIds = sql`select array_agg(distinct ${startListEntries.raceId} order by ${startListEntries.raceId})
    from ${startListEntries} where ${startListEntries.eventId} = tags.event_id and ${startListEntries.raceId} is not null
      and ${startListEntries.bib} = any(tags.bibs)`;
  const tags = { id: sql`tags.photo_id`, doubtBits: sql`tags.doubt_bits`, known: sql`tags.known` };
  const gain = triageGain(tags);
  return sql`select tags.photo_id, tags.bibs, coalesce((${raceIds}), '{}') as race_ids,
      tags.doubt_bits is not null as doubtful, ${gain} as triage_gain from (
      select ${photos.id} as photo_id, ${photos.eventId} as event_id,
        sum(${entropyBits()}) filter (where ${doubtful}) as doubt_bits,
        coalesce(bool_or(${attributions.decision} is not null or ${isPublished()}), false) as known,
        coalesce(array_agg(${attributions.bib} order by ${attributions.bib}) filter (where ${isPublished()}), '{}') as bibs
      from ${photos} join ${events} on ${eq(events.id, photos.eventId)}
        left join ${attributions} on ${eq(attributions.photoId, photos.id)}
      where ${which} group by ${photos.id}) as tags`;
}
