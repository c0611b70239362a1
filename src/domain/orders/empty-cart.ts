import { and, eq, inArray, or } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { findSuperseded } from './find-superseded.ts';
import { CLOSE_SUPERSEDED } from './job-names.ts';
import { cartLines, carts, orderLines, type orders } from './tables.ts';

type OrderRow = typeof orders.$inferSelect;

/**
 * Takes out what was bought, and the promo code with it; what was added since stays. Other orders that the cart has had made
 * of the same are closed by a job.
 */
export async function emptyCart(
  tx: Context,
  order: Pick<OrderRow, 'id' | 'cartId' | 'createdAt'>,
): Promise<void> {
  if (order.cartId === null) return;
  if ((await findSuperseded(tx, order)).length > 0) {
    await tx.queue.enqueue(tx.db, CLOSE_SUPERSEDED, { orderId: order.id });
  }
  const bought = await tx.db.select().from(orderLines).where(eq(orderLines.orderId, order.id));
  const photoIds = bought.flatMap((line) => line.photoId ?? []);
  const packs = bought.flatMap(({ kind, eventId, bib }) => {
    if (eventId === null) return [];
    const ofEvent = eq(cartLines.eventId, eventId);
    if (kind === 'whole-event') return and(eq(cartLines.kind, 'whole-event'), ofEvent) ?? [];
    if (kind !== 'all-photos' || bib === null) return [];
    return and(eq(cartLines.kind, 'all-photos'), ofEvent, eq(cartLines.bib, bib)) ?? [];
  });
  const photosBought = photoIds.length > 0 ? [inArray(cartLines.photoId, photoIds)] : [];
  const which = or(...photosBought, ...packs);
  if (!which) return;
  await tx.db.delete(cartLines).where(and(eq(cartLines.cartId, order.cartId), which));
  await tx.db.update(carts).set({ promoCode: null }).where(eq(carts.id, order.cartId));
}
