import { eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { photos } from '#domain/photos/tables.ts';
import { rows } from '#platform/db/rows.ts';

export interface ReadingFigures {
  photosRead: number;
  withBib: number;
  doubtful: number;
  blurry: number;
  failed: number;
  /** Different bibs that are published somewhere. */
  runnersFound: number;
  reads: { kind: 'sure' | 'guess' | 'dropped'; reason: string | null; count: number }[];
}

/** How well an event's photos were read. For the owner's page only: it goes through all of them. */
export async function getReadingFigures(ctx: Context, input: { eventId: string }): Promise<ReadingFigures> {
  await requireOwnEvent(ctx, input);
  const int = (condition: ReturnType<typeof sql>) => sql<number>`(count(*) filter (where ${condition}))::int`;
  const [figures] = await ctx.db
    .select({
      photosRead: int(sql`${photos.state} = 'ready'`),
      withBib: int(sql`${photos.state} = 'ready' and cardinality(${photos.bibs}) > 0`),
      doubtful: int(sql`${photos.doubtful}`),
      blurry: int(sql`${photos.blurry}`),
      failed: int(sql`${photos.state} = 'failed'`),
    })
    .from(photos)
    .where(eq(photos.eventId, input.eventId));
  const [runners] = await rows<{ found: number }>(
    ctx.db,
    sql`select count(distinct bib)::int as found from photos, unnest(bibs) as bib where event_id = ${input.eventId}`,
  );
  const reads = await rows<ReadingFigures['reads'][number]>(
    ctx.db,
    sql`select r.kind, r.reason, count(*)::int as count from bib_reads r
        join photos p on p.id = r.photo_id where p.event_id = ${input.eventId}
        group by r.kind, r.reason order by count(*) desc`,
  );
  const none = { photosRead: 0, withBib: 0, doubtful: 0, blurry: 0, failed: 0 };
  return { ...(figures ?? none), runnersFound: runners?.found ?? 0, reads };
}
