import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { getAccount } from '#domain/accounts/get-account.ts';
import { orders } from './tables.ts';

/**
 * Makes what was bought as a guest the account's own, once the address it was bought with is proven to be the account's.
 * Tells how many orders that were. Safe to run twice.
 */
export async function claimOrders(ctx: Context): Promise<number> {
  const { userId, email, emailVerified } = await getAccount(ctx);
  if (!emailVerified) return 0;
  const claimed = await ctx.db
    .update(orders)
    .set({ userId })
    .where(and(isNull(orders.userId), eq(sql`lower(${orders.email})`, email.toLowerCase())))
    .returning({ id: orders.id });
  return claimed.length;
}
