import { type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { rows } from '#platform/db/rows.ts';
import { MAKE_WEB_COPY } from './job-names.ts';

const MOST_AT_ONCE = 1000;

/**
 * Has the web sizes made that paid orders were given and nobody had before. `which` narrows the rights `op`. They go before
 * other work of the lanes: a buyer waits.
 */
export async function askWebCopies(tx: Context, which: SQL): Promise<number> {
  const wanted = await rows<{ photoId: string; orderId: string; sponsored: boolean }>(
    tx.db,
    sql`
      select distinct op.photo_id as "photoId", op.order_id as "orderId",
        coalesce(l.reason, '') = 'sponsored' as sponsored
      from order_photos op
      join order_lines l on l.id = op.line_id and l.size = 'web'
      join orders o on o.id = op.order_id and o.state = 'paid'
      where ${which} and not exists (
        select 1 from renditions r where r.photo_id = op.photo_id and r.kind in (
          case when l.reason = 'sponsored' then 'sponsored-web' else 'sold-web' end,
          case when l.reason = 'sponsored' then 'edited-sponsored-web' else 'edited-sold-web' end))
      limit ${MOST_AT_ONCE}`,
  );
  for (const { photoId, orderId, sponsored } of wanted) {
    const singletonKey = `${photoId}/${sponsored ? 'sponsored' : 'sold'}`;
    const options = { live: true, shareKey: orderId, singletonKey };
    await tx.queue.enqueue(tx.db, MAKE_WEB_COPY, { photoId, sponsored }, options);
  }
  return wanted.length;
}
