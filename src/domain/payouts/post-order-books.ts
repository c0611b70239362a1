import { type Context, inTransaction } from '#context.ts';
import { listOrderMovements } from '../ledger/list-order-movements.ts';
import { lockAccounts } from '../ledger/lock-accounts.ts';
import { postMovement } from '../ledger/post-movement.ts';
import { movementsDue } from './movements-due.ts';
import { type OrderMoney, readMoneyFacts } from './read-money-facts.ts';

/**
 * Posts every movement that an order's facts ask for and its books lack. Null for an order that is not paid. Under the lock
 * of the order, so that what one movement takes is worked out from those before it.
 */
export async function postOrderBooks(
  ctx: Context,
  { orderId, fee }: { orderId: string; fee: { cents: number; currency: string } | null },
): Promise<OrderMoney | null> {
  return inTransaction(ctx, async (tx) => {
    const money = await readMoneyFacts(tx, { orderId });
    if (money === null) return null;
    const posted = await listOrderMovements(tx, { orderId });
    const due = movementsDue({ ...money, fee, feeBorneBy: tx.config.providerFeeBorneBy }, posted);
    if (due.length === 0) return money;
    await lockAccounts(
      tx,
      due.flatMap(({ entries }) => entries.map(({ account }) => account)),
    );
    for (const movement of due) await postMovement(tx, movement);
    return money;
  });
}
