import { type SQL, sql } from 'drizzle-orm';

/** Which photos of a stack a page can show at all: those of a visitor, or all of its owner. */
interface Shown {
  /** Only photos of this race. */
  raceId?: string | undefined;
  hiddenToo?: boolean;
}

// Column names are written out: where one table alone is asked, drizzle leaves the table out, and a name would mean a mate.

/** Whether a photo stands for its stack on a page: its lead, or the best of those that the page can show. So a stack never
 *  vanishes with a lead that was hidden or is of another race. To be used with `photos`. */
export function standsForStack(shown: Shown = {}): SQL<boolean> {
  return sql<boolean>`(photos.stack_id is null or not exists (select 1 from photos as mates
    where mates.stack_id = photos.stack_id and ${areShown(shown)}
      and (mates.leads_stack, coalesce(mates.quality_score, 0), mates.id)
        > (photos.leads_stack, coalesce(photos.quality_score, 0), photos.id)))`;
}

/** The ids of the other frames of a photo's stack, in the order of the gallery; null for a photo that stands alone. */
export function otherFrames(shown: Shown = {}): SQL<string[] | null> {
  return sql<string[] | null>`case when photos.stack_id is null then null else
    (select array_agg(mates.id::text order by mates.sort_at, mates.id) from photos as mates
      where mates.stack_id = photos.stack_id and mates.id <> photos.id and ${areShown(shown)}) end`;
}

function areShown({ raceId, hiddenToo }: Shown): SQL {
  const visible = hiddenToo ? sql`` : sql` and mates.hidden_at is null`;
  const ofRace = raceId ? sql` and ${raceId}::uuid = any(mates.race_ids)` : sql``;
  return sql`mates.state = 'ready'${visible}${ofRace}`;
}
