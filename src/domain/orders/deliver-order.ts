import { and, countDistinct, eq, isNull, notInArray, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { askWebCopies } from './ask-web-copies.ts';
import { deliverCredits } from './deliver-credits.ts';
import { findLostLines, type LostLines, refundGoneLines } from './gone-photos.ts';
import { grantFollowedPhotos, grantSinglePhotos } from './grant-photos.ts';
import { postReadyMail } from './ready-email.ts';
import { orderLines, orderPhotos, orders } from './tables.ts';

/**
 * Gives a paid order its photos and its mail; a photo that is no more is refunded by itself, one whose file is missing is left
 * for later. Safe to run twice; nothing happens to an order that is not paid. Throws 'unavailable' when all files are missing.
 */
export async function deliverOrder(ctx: Context, { orderId }: { orderId: string }): Promise<void> {
  const lost = await findLostLines(ctx, { orderId });
  const delivered = await inTransaction(ctx, (tx) => deliver(tx, orderId, lost));
  if (delivered) return;
  throw new DomainError('unavailable', {
    public: { key: 'orders.fileMissing' },
    internal: `the storage has no file of the paid order ${orderId}`,
  });
}

/** False when there is nothing to deliver yet. */
async function deliver(tx: Context, orderId: string, { gone, missing }: LostLines): Promise<boolean> {
  const [order] = await tx.db.select().from(orders).where(eq(orders.id, orderId)).for('update');
  if (order?.state !== 'paid') return true;
  if (order.kind === 'credits') {
    await deliverCredits(tx, order);
    return true;
  }
  await refundGoneLines(tx, { orderId, lineIds: gone });
  await grantSinglePhotos(tx, { orderId, except: [...gone, ...missing] });
  await grantFollowedPhotos(tx, sql`l.order_id = ${orderId}`);
  await askWebCopies(tx, sql`op.order_id = ${orderId}`);
  const photos = await countGiven(tx, orderId);
  const mayGet = photos > 0 || (await mayGetPhotos(tx, orderId, [...gone, ...missing]));
  if (missing.length > 0)
    tx.log.warn({ orderId, lines: missing.length }, 'files of a paid order are missing');
  if (missing.length > 0 && !mayGet) return false;
  if (photos === 0) tx.log.warn({ orderId }, 'a paid order has no photo yet');
  await tx.db
    .update(orders)
    .set({ deliveredAt: tx.clock.now() })
    .where(and(eq(orders.id, orderId), isNull(orders.deliveredAt)));
  if (mayGet) await postReadyMail(tx, { order, photos });
  return true;
}

async function countGiven(tx: Context, orderId: string): Promise<number> {
  const [given] = await tx.db
    .select({ photos: countDistinct(orderPhotos.photoId) })
    .from(orderPhotos)
    .where(eq(orderPhotos.orderId, orderId));
  return given?.photos ?? 0;
}

/** Not so when all that was bought are single photos, and all of them are gone: the mail of the refund says it. */
async function mayGetPhotos(tx: Context, orderId: string, lost: string[]): Promise<boolean> {
  const left = await tx.db
    .select({ id: orderLines.id })
    .from(orderLines)
    .where(and(eq(orderLines.orderId, orderId), notInArray(orderLines.id, lost)))
    .limit(1);
  return left.length > 0;
}
