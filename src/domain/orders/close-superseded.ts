import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { findSuperseded } from './find-superseded.ts';
import { closeOrder } from './reconcile-payments.ts';
import { orders } from './tables.ts';

/** Lets nobody pay an order whose cart was paid by another one, the provider first. Throws 'unavailable' while it is down. */
export async function closeSuperseded(ctx: Context, { orderId }: { orderId: string }): Promise<void> {
  const [paid] = await ctx.db.select().from(orders).where(eq(orders.id, orderId));
  if (!paid) return;
  for (const one of await findSuperseded(ctx, paid)) await closeOrder(ctx, one);
}
