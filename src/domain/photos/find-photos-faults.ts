import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Fault } from '#domain/audit/fault.ts';
import { rows } from '#platform/db/rows.ts';
import { requireSystem } from './require-system.ts';

const MOST = 1000;

/** Events whose running totals are not those of their photos, and ready photos without what galleries show. */
export async function findPhotosFaults(ctx: Context): Promise<Fault[]> {
  requireSystem(ctx);
  return [...(await findWrongCounts(ctx)), ...(await findWithoutRenditions(ctx))];
}

async function findWrongCounts(ctx: Context): Promise<Fault[]> {
  const wrong = await rows<{ subject: string; counted: string; real: string }>(
    ctx.db,
    sql`
      select e.id::text as subject,
        concat_ws('/', coalesce(c.received, 0), coalesce(c.prepared, 0), coalesce(c.ready, 0), coalesce(c.failed, 0)) as counted,
        concat_ws('/', coalesce(p.received, 0), coalesce(p.prepared, 0), coalesce(p.ready, 0), coalesce(p.failed, 0)) as real
      from events e
      left join photo_counts c on c.event_id = e.id
      left join (
        select event_id, count(*) filter (where state = 'received') as received,
          count(*) filter (where state = 'prepared') as prepared, count(*) filter (where state = 'ready') as ready,
          count(*) filter (where state = 'failed') as failed
        from photos group by event_id) p on p.event_id = e.id
      where (coalesce(c.received, 0), coalesce(c.prepared, 0), coalesce(c.ready, 0), coalesce(c.failed, 0)) <>
        (coalesce(p.received, 0), coalesce(p.prepared, 0), coalesce(p.ready, 0), coalesce(p.failed, 0))
      limit ${MOST}`,
  );
  return wrong.map(({ subject, counted, real }) => ({
    rule: 'photo-counts',
    subject,
    detail: `counted ${counted}, are ${real}`,
  }));
}

async function findWithoutRenditions(ctx: Context): Promise<Fault[]> {
  const wrong = await rows<{ subject: string; kinds: string }>(
    ctx.db,
    sql`
      select p.id::text as subject, coalesce(string_agg(r.kind, ' ' order by r.kind), '') as kinds
      from photos p left join renditions r on r.photo_id = p.id and r.kind in ('web', 'preview', 'thumbnail')
      where p.state = 'ready' group by p.id having count(r.kind) < 3 limit ${MOST}`,
  );
  return wrong.map(({ subject, kinds }) => ({
    rule: 'photo-renditions',
    subject,
    detail: `has ${kinds || 'none'}`,
  }));
}
