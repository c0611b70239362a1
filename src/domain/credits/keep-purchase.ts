import { eq, inArray, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { openCreditAccount } from './open-credit-account.ts';
import { creditBalances, creditEntries } from './tables.ts';

/** Refunds in part and disputes of one line; the keys of its entries are asked for by name, for which there is an index. */
const MOST_ENTRIES = 100;

export interface KeepPurchaseInput {
  organisationId: string;
  /** The order line that they were bought by. */
  lineId: string;
  /** How many the line is worth now: all of them once it is paid, fewer after a refund, none while it is disputed. */
  credits: number;
}

/**
 * Brings what an order line has added to a balance to `credits`, and tells how many could not be taken back because they
 * are used. Safe to run twice and at once. Call it in a transaction that holds the order's lock.
 */
export async function keepPurchase(tx: Context, input: KeepPurchaseInput): Promise<{ usedUp: number }> {
  const { organisationId, lineId, credits } = input;
  await openCreditAccount(tx, input);
  const [balance] = await tx.db
    .select({ credits: creditBalances.credits })
    .from(creditBalances)
    .where(eq(creditBalances.organisationId, organisationId))
    .for('update');
  const left = balance?.credits ?? 0;
  const { kept, entries } = await readPurchase(tx, lineId);
  const change = Math.max(credits - kept, -left);
  if (change !== 0) {
    await tx.db.insert(creditEntries).values({
      id: tx.random.id(),
      organisationId,
      kind: entries === 0 ? 'purchase' : 'purchase-undone',
      credits: change,
      uniqueKey: keyOf(lineId, entries),
      createdAt: tx.clock.now(),
    });
    await tx.db
      .update(creditBalances)
      .set({ credits: sql`${creditBalances.credits} + ${change}` })
      .where(eq(creditBalances.organisationId, organisationId));
  }
  return { usedUp: kept + change - credits };
}

async function readPurchase(tx: Context, lineId: string): Promise<{ kept: number; entries: number }> {
  const keys = Array.from({ length: MOST_ENTRIES }, (_, entry) => keyOf(lineId, entry));
  const [sums] = await tx.db
    .select({
      kept: sql<number>`coalesce(sum(${creditEntries.credits}), 0)::int`,
      entries: sql<number>`count(*)::int`,
    })
    .from(creditEntries)
    .where(inArray(creditEntries.uniqueKey, keys));
  return sums ?? { kept: 0, entries: 0 };
}

function keyOf(lineId: string, entry: number): string {
  return entry === 0 ? `purchase/${lineId}` : `purchase-undone/${lineId}/${entry}`;
}
