import { type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';

/** Keeps the published bibs beside the photos: `source` gives (photo_id, bibs, race_ids, doubtful,
 *  triage_gain), at most one row for each photo. Photos of which it says what is known are not written. For a transaction
 *  of matching, which alone knows what is published. */
export async function setPublishedBibs(tx: Context, source: SQL): Promise<void> {
  await tx.db.execute(sql`
    update photos set bibs = source.bibs, race_ids = source.race_ids, doubtful = source.doubtful,
      triage_gain = source.triage_gain
    from (${source}) as source
    where photos.id = source.photo_id and (photos.bibs, photos.race_ids, photos.doubtful, photos.triage_gain)
      is distinct from (source.bibs, source.race_ids, source.doubtful, source.triage_gain)`);
}
