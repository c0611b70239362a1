import type { Context } from '#context.ts';
import type { DisputeView } from '#platform/payments/payments.ts';
import { listOrderMovements } from '../ledger/list-order-movements.ts';
import { postMovement } from '../ledger/post-movement.ts';

/**
 * Posts what the provider keeps for a dispute, as far as the books lack it; the platform bears it. It rises with late news and
 * falls only with a dispute that is won, so that what was asked for earlier and comes later takes nothing back. The dispute must
 * be locked.
 */
export async function postDisputeFee(
  tx: Context,
  { orderId, view, happenedAt }: { orderId: string; view: DisputeView; happenedAt: Date },
): Promise<void> {
  const { id, state, fee } = view;
  if (fee === null) return;
  const start = `dispute-fee/${id}/`;
  const posted = (await listOrderMovements(tx, { orderId })).filter(({ uniqueKey }) =>
    uniqueKey.startsWith(start),
  );
  const entries = posted.flatMap((movement) => movement.entries);
  const known = entries.reduce(
    (sum, { account, amount }) => (account.kind === 'platform' ? sum + amount : sum),
    0,
  );
  const cents = (state === 'won' ? fee.cents : Math.max(fee.cents, known)) - known;
  if (cents === 0) return;
  const { currency } = fee;
  await postMovement(tx, {
    uniqueKey: `${start}${posted.length + 1}`,
    kind: 'dispute-fee',
    orderId,
    happenedAt,
    entries: [
      { account: { kind: 'platform', owner: '', currency }, amount: cents },
      { account: { kind: 'provider', owner: tx.payments.name, currency }, amount: -cents },
    ],
  });
}
