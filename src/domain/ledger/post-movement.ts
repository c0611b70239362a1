import { eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { type Entry, isBalanced, type MovementKind, mergeEntries } from './account.ts';
import { lockAccounts } from './lock-accounts.ts';
import { ledgerAccounts, ledgerEntries, ledgerMovements } from './tables.ts';

export interface Movement {
  /** Makes it happen once, such as `charge/<order id>`. */
  uniqueKey: string;
  kind: MovementKind;
  orderId: string | null;
  happenedAt: Date;
  /** Sum to zero in each currency. Those of one account become one; nothing is left of those that sum to nothing. */
  entries: Entry[];
}

/**
 * Writes one movement and the balances of its accounts, in the transaction of the caller; the second time it is
 * 'already-posted', whatever its entries. Accounts are locked in one order: two movements in one transaction may still wait
 * for each other crosswise, so a transaction posts one, or locks the accounts of all of them first. Throws 'bad-input' for
 * entries that do not balance or move nothing.
 */
export async function postMovement(tx: Context, movement: Movement): Promise<'posted' | 'already-posted'> {
  const entries = requireBalanced(movement);
  const id = tx.random.id();
  const { uniqueKey, kind, orderId, happenedAt } = movement;
  const posted = await tx.db
    .insert(ledgerMovements)
    .values({ id, uniqueKey, kind, orderId, happenedAt, createdAt: tx.clock.now() })
    .onConflictDoNothing({ target: ledgerMovements.uniqueKey })
    .returning({ id: ledgerMovements.id });
  if (posted.length === 0) return 'already-posted';
  const accounts = await lockAccounts(
    tx,
    entries.map(({ account }) => account),
  );
  const rows = entries.map(({ account, amount }) => ({ accountId: accounts.idOf(account), amount }));
  await tx.db
    .insert(ledgerEntries)
    .values(rows.map((row) => ({ ...row, id: tx.random.id(), movementId: id })));
  for (const { accountId, amount } of rows) {
    await tx.db
      .update(ledgerAccounts)
      .set({ balance: sql`${ledgerAccounts.balance} + ${amount}` })
      .where(eq(ledgerAccounts.id, accountId));
  }
  return 'posted';
}

function requireBalanced({ uniqueKey, entries }: Movement): Entry[] {
  const merged = mergeEntries(entries);
  if (isBalanced(entries) && merged.length > 1) return merged;
  throw new DomainError('bad-input', {
    public: { key: 'platform.paymentRefused' },
    internal: `the movement ${uniqueKey} does not balance, or moves nothing`,
  });
}
