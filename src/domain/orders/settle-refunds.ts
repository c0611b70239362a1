import { asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Notice } from './order.ts';
import { REFUND_TRANSITIONS, type RefundState, spreadOverLines } from './refund.ts';
import { orderLines, refunds } from './tables.ts';
import { failRefund, insertRefund } from './write-refund.ts';

type RefundRow = typeof refunds.$inferSelect;

/**
 * Brings an order's refunds to where the set of its notices leads, and gives those that changed. A refund that nobody asked
 * for here was made at the provider's own desk: it is written down too, once no refund of ours waits for its answer, which
 * might be the very one. The order must be locked.
 */
export async function settleRefunds(
  tx: Context,
  order: { id: string; currency: string },
  notices: Notice[],
): Promise<RefundRow[]> {
  const failed = new Set(subjects(notices, 'refund-failed').keys());
  const told = subjects(notices, 'refunded');
  if (failed.size === 0 && told.size === 0) return [];
  const known = await tx.db.select().from(refunds).where(eq(refunds.orderId, order.id));
  const changed: RefundRow[] = [];
  for (const refund of known) {
    const state = stateOf(refund, told, failed);
    if (state === refund.state || !REFUND_TRANSITIONS[refund.state].includes(state)) continue;
    await moveRefund(tx, refund, state);
    changed.push({ ...refund, state });
  }
  if (known.some((refund) => refund.state === 'asked' && refund.providerRefundId === null)) return changed;
  const ours = new Set(known.map((refund) => refund.providerRefundId));
  for (const [providerRefundId, amountCents] of told) {
    if (ours.has(providerRefundId) || failed.has(providerRefundId)) continue;
    changed.push(await writeForeign(tx, order, { providerRefundId, amountCents }));
  }
  return changed;
}

function subjects(notices: Notice[], kind: Notice['kind']): Map<string, number> {
  return new Map(
    notices.flatMap((notice) =>
      notice.kind === kind && notice.subjectId !== null ? [[notice.subjectId, notice.amountCents]] : [],
    ),
  );
}

function stateOf(
  { providerRefundId, state }: RefundRow,
  told: Map<string, number>,
  failed: Set<string>,
): RefundState {
  if (providerRefundId === null) return state;
  if (failed.has(providerRefundId)) return 'failed';
  return told.has(providerRefundId) ? 'succeeded' : state;
}

async function moveRefund(tx: Context, refund: RefundRow, state: RefundState): Promise<void> {
  if (state === 'failed') return failRefund(tx, refund.id);
  await tx.db.update(refunds).set({ state, updatedAt: tx.clock.now() }).where(eq(refunds.id, refund.id));
}

async function writeForeign(
  tx: Context,
  order: { id: string; currency: string },
  { providerRefundId, amountCents }: { providerRefundId: string; amountCents: number },
): Promise<RefundRow> {
  const lines = await tx.db
    .select({
      lineId: orderLines.id,
      priceCents: orderLines.priceCents,
      refundedCents: orderLines.refundedCents,
    })
    .from(orderLines)
    .where(eq(orderLines.orderId, order.id))
    .orderBy(asc(orderLines.position));
  const refund = {
    id: tx.random.id(),
    orderId: order.id,
    currency: order.currency,
    cause: 'goodwill' as const,
    note: null,
    askedBy: null,
    providerRefundId,
    state: 'succeeded' as const,
  };
  tx.log.warn({ orderId: order.id, providerRefundId }, 'a refund was made at the provider itself');
  return insertRefund(tx, refund, spreadOverLines(lines, amountCents), amountCents);
}
