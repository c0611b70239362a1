import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { PhotoSize } from '../pricing/offer.ts';
import { orderLines, orderPhotos } from './tables.ts';

/** A line gives right to its photos until it is refunded in full; one that cost nothing, as long as its order does. */
const LINE_GIVES_RIGHT: SQL = sql`(${orderLines.priceCents} = 0 or ${orderLines.refundedCents} < ${orderLines.priceCents})`;

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
        LINE_GIVES_RIGHT,
      ),
    );
  const rights = new Map<string, Set<PhotoSize>>();
  for (const { photoId: photo, size } of found) {
    rights.set(photo, (rights.get(photo) ?? new Set<PhotoSize>()).add(size));
  }
  return rights;
}
