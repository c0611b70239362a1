import { and, eq, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import type { PaymentEvent } from '#platform/payments/payment-event.ts';
import { SETTLE_ORDER } from '../orders/job-names.ts';
import { keepSellerAccount } from './keep-seller-account.ts';
import { recordPayout } from './record-payout.ts';
import { sellerAccounts, transferReversals, transfers } from './tables.ts';

type SellerLeft = Extract<PaymentEvent, { kind: 'seller-left' }>;
const OURS = new Set<PaymentEvent['kind']>([
  'seller-updated',
  'seller-left',
  'transfer-created',
  'transfer-reversed',
  'payout-paid',
  'payout-failed',
]);

type TransferTold = Extract<PaymentEvent, { transferId: string }>;

/** Takes note of what a notice says of sellers, transfers and payouts; all others are not for here. Safe to run twice and in any order. */
export async function applySellerEvent(
  ctx: Context,
  { event }: { event: PaymentEvent },
): Promise<'applied' | 'unknown' | 'not-ours'> {
  if (!OURS.has(event.kind)) return 'not-ours';
  return inTransaction(ctx, async (tx) => {
    if (event.kind === 'seller-updated') {
      return (await keepSellerAccount(tx, event.account))
        ? 'applied'
        : unknown(tx, event.kind, event.account.id);
    }
    if (event.kind === 'seller-left') return leave(tx, event);
    if (event.kind === 'transfer-created') return confirm(tx, event);
    if (event.kind === 'transfer-reversed') return compareReversed(tx, event);
    if (event.kind === 'payout-paid' || event.kind === 'payout-failed') return recordPayout(tx, event);
    return 'not-ours';
  });
}

function unknown(tx: Context, kind: string, subjectId: string | null): 'unknown' {
  tx.log.warn({ kind, subjectId }, 'a notice about a seller or a transfer that is nobody’s here');
  return 'unknown';
}

/** What is not sent yet stays to be paid, until they connect again. */
async function leave(tx: Context, event: SellerLeft): Promise<'applied' | 'unknown'> {
  const now = tx.clock.now();
  const left = await tx.db
    .update(sellerAccounts)
    .set({ canReceive: false, canPayOut: false, leftAt: now, updatedAt: now })
    .where(eq(sellerAccounts.accountId, event.accountId))
    .returning({ organisationId: sellerAccounts.organisationId });
  return left.length > 0 ? 'applied' : unknown(tx, event.kind, event.accountId);
}

/** A transfer that we know of nothing may be one whose answer was lost: its order is looked at at once. */
async function confirm(tx: Context, event: TransferTold): Promise<'applied' | 'unknown'> {
  const [known] = await tx.db.select().from(transfers).where(eq(transfers.transferId, event.transferId));
  if (known) return 'applied';
  const waiting = await tx.db
    .select({ orderId: transfers.orderId })
    .from(transfers)
    .innerJoin(sellerAccounts, eq(sellerAccounts.organisationId, transfers.organisationId))
    .where(
      and(
        eq(transfers.state, 'sending'),
        eq(transfers.sentCents, event.amountCents),
        eq(sellerAccounts.accountId, event.accountId ?? ''),
      ),
    );
  for (const { orderId } of waiting) await tx.queue.enqueue(tx.db, SETTLE_ORDER, { orderId });
  return waiting.length > 0 ? 'applied' : unknown(tx, event.kind, event.transferId);
}

/** More than we asked back was taken at the provider's own desk: the books do not follow, and a person decides. */
async function compareReversed(tx: Context, event: TransferTold): Promise<'applied' | 'unknown'> {
  const [known] = await tx.db
    .select({
      id: transfers.id,
      askedCents: sql<number>`coalesce(sum(${transferReversals.amountCents}), 0)`.mapWith(Number),
    })
    .from(transfers)
    .leftJoin(
      transferReversals,
      and(eq(transferReversals.transferId, transfers.id), sql`${transferReversals.state} <> 'debt'`),
    )
    .where(eq(transfers.transferId, event.transferId))
    .groupBy(transfers.id);
  if (!known) return unknown(tx, event.kind, event.transferId);
  if (event.reversedCents > known.askedCents) {
    tx.log.error(
      { transferId: known.id },
      'a transfer was reversed at the provider itself: the books differ',
    );
  }
  return 'applied';
}
