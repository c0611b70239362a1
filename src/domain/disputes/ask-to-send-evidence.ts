import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { requireAdmin } from '../accounts/require-account.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { SEND_EVIDENCE } from './job-names.ts';
import { disputes } from './tables.ts';

const ofDispute = z.object({ disputeId: z.string().min(1).max(200) });

/**
 * Has everything that speaks for the sale handed to the bank, once and for good; a job does it within seconds. Throws
 * 'forbidden', 'not-found', and 'conflict' for a dispute without an order.
 */
export async function askToSendEvidence(
  ctx: Context,
  input: z.input<typeof ofDispute>,
): Promise<'asked' | 'already-sent'> {
  requireAdmin(ctx);
  const { disputeId } = parseInput(ofDispute, input);
  return inTransaction(ctx, async (tx) => {
    const [dispute] = await tx.db.select().from(disputes).where(eq(disputes.id, disputeId)).for('update');
    if (!dispute) throw new DomainError('not-found', { public: { key: 'disputes.missing' } });
    if (dispute.orderId === null) throw new DomainError('conflict', { public: { key: 'disputes.noOrder' } });
    if (dispute.state !== 'needs-response' || dispute.submissions > 0) return 'already-sent';
    const action = 'disputes.ask-to-send-evidence';
    await recordAudit(tx, { action, subjectKind: 'dispute', subjectId: disputeId });
    await tx.queue.enqueue(tx.db, SEND_EVIDENCE, { disputeId }, { singletonKey: disputeId });
    return 'asked';
  });
}
