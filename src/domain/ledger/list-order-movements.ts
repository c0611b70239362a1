import { asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Entry, MovementKind } from './account.ts';
import { ledgerAccounts, ledgerEntries, ledgerMovements } from './tables.ts';

export interface OrderMovement {
  uniqueKey: string;
  kind: MovementKind;
  happenedAt: Date;
  createdAt: Date;
  entries: Entry[];
}

/** Everything that the ledger says of one order, oldest first. */
export async function listOrderMovements(
  ctx: Context,
  { orderId }: { orderId: string },
): Promise<OrderMovement[]> {
  const found = await ctx.db
    .select({ movement: ledgerMovements, entry: ledgerEntries, account: ledgerAccounts })
    .from(ledgerMovements)
    .innerJoin(ledgerEntries, eq(ledgerEntries.movementId, ledgerMovements.id))
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .where(eq(ledgerMovements.orderId, orderId))
    .orderBy(asc(ledgerMovements.createdAt), asc(ledgerMovements.id));
  const byKey = new Map<string, OrderMovement>();
  for (const { movement, entry, account } of found) {
    const { uniqueKey, kind, happenedAt, createdAt } = movement;
    const known = byKey.get(uniqueKey) ?? { uniqueKey, kind, happenedAt, createdAt, entries: [] };
    const { kind: of, owner, currency } = account;
    known.entries.push({ account: { kind: of, owner, currency }, amount: entry.amount });
    byKey.set(uniqueKey, known);
  }
  return [...byKey.values()];
}
