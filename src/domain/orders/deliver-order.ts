import { and, countDistinct, eq, isNull, notInArray, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { askWebCopies } from './ask-web-copies.ts';
import { deliverCredits } from './deliver-credits.ts';
import { findGoneLines, refundGoneLines } from './gone-photos.ts';
import { grantFollowedPhotos, grantSinglePhotos } from './grant-photos.ts';
import { postReadyMail } from './ready-email.ts';
import { orderLines, orderPhotos, orders } from './tables.ts';

/**
 * Gives a paid order its photos and its mail; a photo that is no more is refunded by itself. Safe to run twice; nothing
 * happens to an order that is not paid.
 */
export async function deliverOrder(ctx: Context, { orderId }: { orderId: string }): Promise<void> {
  const gone = await findGoneLines(ctx, { orderId });
  await inTransaction(ctx, async (tx) => {
    const [order] = await tx.db.select().from(orders).where(eq(orders.id, orderId)).for('update');
    if (order?.state !== 'paid') return;
    if (order.kind === 'credits') return deliverCredits(tx, order);
    if (order.deliveredAt === null) await refundGoneLines(tx, { orderId, lineIds: gone });
    await grantSinglePhotos(tx, { orderId, except: gone });
    await grantFollowedPhotos(tx, sql`l.order_id = ${orderId}`);
    await askWebCopies(tx, sql`op.order_id = ${orderId}`);
    const [granted] = await tx.db
      .select({ photos: countDistinct(orderPhotos.photoId) })
      .from(orderPhotos)
      .where(eq(orderPhotos.orderId, orderId));
    const photos = granted?.photos ?? 0;
    if (photos === 0) tx.log.warn({ orderId }, 'a paid order has no photo yet');
    await tx.db
      .update(orders)
      .set({ deliveredAt: tx.clock.now() })
      .where(and(eq(orders.id, orderId), isNull(orders.deliveredAt)));
    if (photos > 0 || (await mayGetPhotos(tx, orderId, gone))) await postReadyMail(tx, { order, photos });
  });
}

/** Not so when all that was bought are single photos, and all of them are gone: the mail of the refund says it. */
async function mayGetPhotos(tx: Context, orderId: string, gone: string[]): Promise<boolean> {
  const left = await tx.db
    .select({ id: orderLines.id })
    .from(orderLines)
    .where(and(eq(orderLines.orderId, orderId), notInArray(orderLines.id, gone)))
    .limit(1);
  return left.length > 0;
}
