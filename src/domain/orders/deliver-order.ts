import { and, count, eq, isNull, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { deliverCredits } from './deliver-credits.ts';
import { grantRunnerPhotos, grantSinglePhotos } from './grant-photos.ts';
import { postReadyMail } from './ready-email.ts';
import { orderPhotos, orders } from './tables.ts';

/** Gives a paid order its photos and its mail. Safe to run twice; nothing happens to an order that is not paid. */
export async function deliverOrder(ctx: Context, { orderId }: { orderId: string }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const [order] = await tx.db.select().from(orders).where(eq(orders.id, orderId)).for('update');
    if (order?.state !== 'paid') return;
    if (order.kind === 'credits') return deliverCredits(tx, order);
    await grantSinglePhotos(tx, orderId);
    await grantRunnerPhotos(tx, sql`l.order_id = ${orderId}`);
    const [granted] = await tx.db
      .select({ photos: count() })
      .from(orderPhotos)
      .where(eq(orderPhotos.orderId, orderId));
    const photos = granted?.photos ?? 0;
    if (photos === 0) tx.log.warn({ orderId }, 'a paid order has no photo yet');
    await tx.db
      .update(orders)
      .set({ deliveredAt: tx.clock.now() })
      .where(and(eq(orders.id, orderId), isNull(orders.deliveredAt)));
    await postReadyMail(tx, { order, photos });
  });
}
