import type { Context } from '#context.ts';
import { isDomainError } from '#platform/errors.ts';
import { askRefund } from '../orders/ask-refund.ts';
import { SEND_REFUND } from '../orders/job-names.ts';
import type { RefundPart } from '../orders/refund.ts';

/**
 * Asks for what a withdrawal gives back, and gives the refund's id. Null when there is nothing, or when the books refuse it:
 * integrity then tells a person of the money that is owed. The order must be locked.
 */
export async function tryRefund(tx: Context, orderId: string, parts: RefundPart[]): Promise<string | null> {
  if (parts.length === 0) return null;
  try {
    const wanted = { orderId, lines: parts, cause: 'withdrawal' as const, note: null, sellerId: null };
    const refund = await askRefund(tx, wanted);
    await tx.queue.enqueue(tx.db, SEND_REFUND, { refundId: refund.id });
    return refund.id;
  } catch (error) {
    // It was refused before anything was written.
    if (!isDomainError(error) || error.code !== 'conflict') throw error;
    tx.log.error({ orderId, error }, 'a withdrawal could not be refunded and needs a person');
    return null;
  }
}
