import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { SellerAccount } from '#platform/payments/payments.ts';
import { SETTLE_ORDER } from '../orders/job-names.ts';
import { sellerAccounts, transfers } from './tables.ts';

/** Orders that are looked at at once when a seller becomes ready; the sweep finds the others. */
const MOST_ORDERS = 500;

/**
 * Keeps what the provider says of a seller's account, and has waiting transfers sent when it can receive at last. An account
 * whose answer was lost is known by its organisation. False for an account that is nobody's here.
 */
export async function keepSellerAccount(tx: Context, account: SellerAccount): Promise<boolean> {
  const byLostAnswer =
    account.organisationId === null
      ? undefined
      : and(
          isNull(sellerAccounts.accountId),
          sql`${sellerAccounts.organisationId}::text = ${account.organisationId}`,
        );
  const whose = and(
    or(eq(sellerAccounts.accountId, account.id), byLostAnswer),
    eq(sellerAccounts.provider, tx.payments.name),
  );
  const [known] = await tx.db.select().from(sellerAccounts).where(whose).for('update');
  const [kept] = await tx.db
    .update(sellerAccounts)
    .set({
      accountId: account.id,
      canReceive: account.canReceive,
      canPayOut: account.canPayOut,
      requirements: account.requirements,
      leftAt: null,
      updatedAt: tx.clock.now(),
    })
    .where(whose)
    .returning();
  if (!kept) return false;
  const couldReceive = known?.canReceive === true && known.leftAt === null;
  if (account.canReceive && !couldReceive) await releaseHeld(tx, kept.organisationId);
  return true;
}

async function releaseHeld(tx: Context, organisationId: string): Promise<void> {
  const held = await tx.db
    .selectDistinct({ orderId: transfers.orderId })
    .from(transfers)
    .where(and(eq(transfers.organisationId, organisationId), eq(transfers.state, 'held')))
    .limit(MOST_ORDERS);
  for (const { orderId } of held) await tx.queue.enqueue(tx.db, SETTLE_ORDER, { orderId });
}
