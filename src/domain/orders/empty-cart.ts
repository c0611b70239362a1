import { and, eq, inArray, or } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { cartLines, orderLines, type orders } from './tables.ts';

type OrderRow = typeof orders.$inferSelect;

/** Takes out what was bought; what was added since stays. */
export async function emptyCart(tx: Context, order: Pick<OrderRow, 'id' | 'cartId'>): Promise<void> {
  if (order.cartId === null) return;
  const bought = await tx.db.select().from(orderLines).where(eq(orderLines.orderId, order.id));
  const photoIds = bought.flatMap((line) => line.photoId ?? []);
  const packs = bought.flatMap(({ kind, eventId, bib }) =>
    kind === 'all-photos' && eventId !== null && bib !== null
      ? [and(eq(cartLines.kind, 'all-photos'), eq(cartLines.eventId, eventId), eq(cartLines.bib, bib))]
      : [],
  );
  const photosBought = photoIds.length > 0 ? [inArray(cartLines.photoId, photoIds)] : [];
  await tx.db.delete(cartLines).where(and(eq(cartLines.cartId, order.cartId), or(...photosBought, ...packs)));
}
