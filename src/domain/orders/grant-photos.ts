import { notInArray, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { rows } from '#platform/db/rows.ts';
import { orderLines } from './tables.ts';

/** Gives an order its single photos, on sale or not by now: they are paid. `except`: lines whose photo is no more. Safe to run twice. */
export async function grantSinglePhotos(
  tx: Context,
  { orderId, except }: { orderId: string; except: string[] },
): Promise<void> {
  await tx.db.execute(sql`
    insert into order_photos (order_id, photo_id, line_id, added_at)
    select order_id, photo_id, id, ${tx.clock.now().toISOString()}::timestamptz
    from order_lines
    where order_id = ${orderId} and kind = 'photo' and photo_id is not null
      and ${notInArray(orderLines.id, except)}
    on conflict do nothing`);
}

/**
 * Gives all-photos lines of paid orders the published photos of their runner that they lack, and tells how many.
 * `which` narrows the order lines `l` and photos `p`. Safe to run twice.
 */
export async function grantRunnerPhotos(tx: Context, which: SQL): Promise<number> {
  const granted = await rows<{ photo_id: string }>(
    tx.db,
    sql`
      insert into order_photos (order_id, photo_id, line_id, added_at)
      select l.order_id, p.id, l.id, ${tx.clock.now().toISOString()}::timestamptz
      from order_lines l
      join orders o on o.id = l.order_id and o.state = 'paid'
      join photos p on p.event_id = l.event_id and p.bibs @> array[l.bib]
      where l.kind = 'all-photos' and p.state = 'ready' and p.hidden_at is null and ${which}
      on conflict do nothing
      returning photo_id`,
  );
  return granted.length;
}
