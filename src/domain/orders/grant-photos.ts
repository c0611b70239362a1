import { and, eq, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { rows } from '#platform/db/rows.ts';
import { givesRight } from './right-to-photos.ts';
import { orderLines, orderPhotos } from './tables.ts';

/** Gives an order its single photos, on sale or not by now: they are paid. `except` names lines whose photos are no more. Safe to run twice. */
export async function grantSinglePhotos(
  tx: Context,
  { orderId, except }: { orderId: string; except: string[] },
): Promise<void> {
  const lines = await tx.db
    .select({ lineId: orderLines.id, photoId: orderLines.photoId })
    .from(orderLines)
    .where(
      and(eq(orderLines.orderId, orderId), eq(orderLines.kind, 'photo'), notInArray(orderLines.id, except)),
    );
  const addedAt = tx.clock.now();
  const given = lines.flatMap(({ lineId, photoId }) =>
    photoId === null ? [] : [{ orderId, photoId, lineId, addedAt }],
  );
  if (given.length > 0) await tx.db.insert(orderPhotos).values(given).onConflictDoNothing();
}

/**
 * Gives lines of paid orders that follow a runner, or a whole event, the published photos that they lack, and tells how
 * many. `which` narrows the orders `o`, order lines `l` and photos `p`. A line that was refunded gets nothing more. Safe
 * to run twice.
 */
export async function grantFollowedPhotos(tx: Context, which: SQL): Promise<number> {
  const ofRunner = await grant(tx, sql`l.kind = 'all-photos' and p.bibs @> array[l.bib]`, which);
  const ofEvent = await grant(tx, sql`l.kind = 'whole-event'`, which);
  return ofRunner + ofEvent;
}

async function grant(tx: Context, follows: SQL, which: SQL): Promise<number> {
  const granted = await rows<{ photo_id: string }>(
    tx.db,
    sql`
      insert into order_photos (order_id, photo_id, line_id, added_at)
      select l.order_id, p.id, l.id, ${tx.clock.now().toISOString()}::timestamptz
      from order_lines l
      join orders o on o.id = l.order_id and o.state = 'paid'
      join photos p on p.event_id = l.event_id and ${follows}
      where ${givesRight('l')}
        and p.state = 'ready' and p.hidden_at is null and ${which}
        and not exists (select 1 from order_photos had where had.line_id = l.id and had.photo_id = p.id)
      on conflict do nothing
      returning photo_id`,
  );
  return granted.length;
}
