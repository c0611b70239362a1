import { eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { RefundPart } from './refund.ts';
import { refundLines, refunds } from './tables.ts';

type RefundRow = typeof refunds.$inferSelect;

/** Writes a refund with its parts and takes them off what is open of the lines. The order must be locked. */
export async function insertRefund(
  tx: Context,
  refund: Pick<
    RefundRow,
    'id' | 'orderId' | 'currency' | 'cause' | 'note' | 'askedBy' | 'providerRefundId' | 'state'
  >,
  parts: RefundPart[],
  amountCents = parts.reduce((sum, part) => sum + part.amountCents, 0),
): Promise<RefundRow> {
  const now = tx.clock.now();
  const { id } = refund;
  const row: RefundRow = {
    ...refund,
    amountCents,
    idempotencyKey: `refund/${id}`,
    createdAt: now,
    updatedAt: now,
  };
  await tx.db.insert(refunds).values(row);
  if (parts.length === 0) return row;
  await tx.db.insert(refundLines).values(parts.map((part) => ({ refundId: id, ...part })));
  await addToLines(tx, id, 1);
  return row;
}

/** Its money did not leave, or came back: what it took off the lines is open again. The order must be locked. */
export async function failRefund(tx: Context, refundId: string): Promise<void> {
  await tx.db
    .update(refunds)
    .set({ state: 'failed', updatedAt: tx.clock.now() })
    .where(eq(refunds.id, refundId));
  await addToLines(tx, refundId, -1);
}

async function addToLines(tx: Context, refundId: string, times: 1 | -1): Promise<void> {
  await tx.db.execute(sql`
    update order_lines l set refunded_cents = l.refunded_cents + ${times}::int * r.amount_cents
    from refund_lines r
    where r.refund_id = ${refundId} and l.id = r.line_id`);
}
