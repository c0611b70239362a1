import { type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { rows } from '#platform/db/rows.ts';
import { askStacking } from './ask-stacking.ts';

/** Keeps the published bibs beside the photos: `source` gives (photo_id, bibs, race_ids, doubtful,
 *  triage_gain), at most one row for each photo. Photos of which it says what is known are not written; those with other bibs
 *  may be of another stack. For a transaction of matching, which alone knows what is published. */
export async function setPublishedBibs(tx: Context, source: SQL): Promise<void> {
  const now = tx.clock.now().toISOString();
  const asked = await rows<{ eventId: string }>(
    tx.db,
    sql`with changed as (
      update photos set bibs = source.bibs, race_ids = source.race_ids, doubtful = source.doubtful,
        triage_gain = source.triage_gain, stack_asked_at = case
          when photos.state = 'ready' and photos.bibs is distinct from source.bibs then ${now}::timestamptz
          else photos.stack_asked_at end
      from (${source}) as source
      where photos.id = source.photo_id and (photos.bibs, photos.race_ids, photos.doubtful, photos.triage_gain)
        is distinct from (source.bibs, source.race_ids, source.doubtful, source.triage_gain)
      returning photos.event_id, photos.stack_asked_at)
    select distinct event_id as "eventId" from changed where stack_asked_at = ${now}::timestamptz`,
  );
  for (const { eventId } of asked) await askStacking(tx, eventId);
}
