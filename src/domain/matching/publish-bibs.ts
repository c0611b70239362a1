import { eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from '#domain/events/tables.ts';
import { setPublishedBibs } from '#domain/photos/set-published-bibs.ts';
import { photos } from '#domain/photos/tables.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import { LEAST_MAYBE_PROBABILITY } from './attribution.ts';
import { isPublished } from './find-attributed-photos.ts';
import { attributions } from './tables.ts';

/** Shows the tags of these photos as they stand now. For the transaction that wrote the tags. */
export async function publishBibs(tx: Context, photoIds: readonly string[]): Promise<void> {
  if (photoIds.length > 0) await setPublishedBibs(tx, publishedTags(inArray(photos.id, [...photoIds])));
}

/** The same for all photos of an event. */
export async function publishEventBibs(tx: Context, eventId: string): Promise<void> {
  await setPublishedBibs(tx, publishedTags(eq(photos.eventId, eventId)));
}

function publishedTags(which: SQL): SQL {
  const doubtful = sql`${attributions.decision} is null and not ${isPublished()}
    and ${attributions.probability} >= ${LEAST_MAYBE_PROBABILITY}`;
  const raceIds = sql`select array_agg(distinct ${startListEntries.raceId} order by ${startListEntries.raceId})
    from ${startListEntries} where ${startListEntries.eventId} = tags.event_id and ${startListEntries.raceId} is not null
      and ${startListEntries.bib} = any(tags.bibs)`;
  return sql`select tags.photo_id, tags.bibs, coalesce((${raceIds}), '{}') as race_ids, tags.doubtful from (
      select ${photos.id} as photo_id, ${photos.eventId} as event_id, coalesce(bool_or(${doubtful}), false) as doubtful,
        coalesce(array_agg(${attributions.bib} order by ${attributions.bib}) filter (where ${isPublished()}), '{}') as bibs
      from ${photos} join ${events} on ${eq(events.id, photos.eventId)}
        left join ${attributions} on ${eq(attributions.photoId, photos.id)}
      where ${which} group by ${photos.id}) as tags`;
}
