import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { PhotoSize } from '../pricing/offer.ts';
import { orderLines, orderPhotos } from './tables.ts';

/**
 * A line gives right to its photos until it is refunded in full; one that cost nothing, as long as its order does; one that
 * another line covered, as long as that one does. `line` is the name of the order lines in the query.
 */
export function givesRight(line: 'order_lines' | 'l'): SQL {
  const own = sql.raw(line);
  return sql`(${stands(own)} and (coalesce(${own}.reason, '') <> 'included' or exists (
    select 1 from order_lines covering
    where covering.order_id = ${own}.order_id and covering.event_id = ${own}.event_id
      and coalesce(covering.reason, '') <> 'included' and ${stands(sql.raw('covering'))}
      and (covering.kind = 'whole-event' or (covering.kind = 'all-photos' and covering.bib = ${own}.bib)))))`;
}

function stands(line: SQL): SQL {
  return sql`(${line}.price_cents = 0 or ${line}.refunded_cents < ${line}.price_cents)`;
}

/**
 * The photos an order gives right to, with the sizes its lines that are not refunded in full bought them in. Whether
 * downloads are open at all is the order's state. `photoId` narrows to one.
 */
export async function findRightToPhotos(
  ctx: Context,
  { orderId, photoId }: { orderId: string; photoId?: string },
): Promise<Map<string, Set<PhotoSize>>> {
  const found = await ctx.db
    .select({ photoId: orderPhotos.photoId, size: orderLines.size })
    .from(orderPhotos)
    .innerJoin(orderLines, eq(orderLines.id, orderPhotos.lineId))
    .where(
      and(
        eq(orderPhotos.orderId, orderId),
        photoId ? eq(orderPhotos.photoId, photoId) : undefined,
        givesRight('order_lines'),
      ),
    );
  const rights = new Map<string, Set<PhotoSize>>();
  for (const { photoId: photo, size } of found) {
    rights.set(photo, (rights.get(photo) ?? new Set<PhotoSize>()).add(size));
  }
  return rights;
}
