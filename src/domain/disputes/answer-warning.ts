import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { requireAdmin } from '../accounts/require-account.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { type RefundOutcome, refundLines } from '../orders/refund-lines.ts';
import { fraudWarnings } from './tables.ts';

const answerInput = z.object({ warningId: z.string().min(1).max(200), answer: z.enum(['refund', 'leave']) });

/**
 * Closes a fraud warning: `refund` gives everything back, which mostly spares a dispute and its fee; `leave` keeps the sale.
 * Throws 'forbidden', 'not-found' for one that is closed, and what `refundLines` throws.
 */
export async function answerWarning(
  ctx: Context,
  input: z.input<typeof answerInput>,
): Promise<RefundOutcome | null> {
  requireAdmin(ctx);
  const { warningId, answer } = parseInput(answerInput, input);
  const [warning] = await ctx.db
    .select()
    .from(fraudWarnings)
    .where(and(eq(fraudWarnings.id, warningId), isNull(fraudWarnings.closedAt)));
  if (!warning) throw new DomainError('not-found', { public: { key: 'disputes.warningClosed' } });
  const refund = answer === 'refund' ? await refundAll(ctx, warning.orderId) : null;
  await inTransaction(ctx, async (tx) => {
    await tx.db
      .update(fraudWarnings)
      .set({ closedAt: tx.clock.now() })
      .where(eq(fraudWarnings.id, warningId));
    await recordAudit(tx, {
      action: `disputes.warning-${answer}`,
      subjectKind: 'fraud-warning',
      subjectId: warningId,
      details: { orderId: warning.orderId, refundId: refund?.refundId ?? null },
    });
  });
  return refund;
}

async function refundAll(ctx: Context, orderId: string | null): Promise<RefundOutcome> {
  if (orderId === null) throw new DomainError('conflict', { public: { key: 'disputes.noOrder' } });
  return refundLines(ctx, { orderId, lines: 'all', cause: 'fraud-warning' });
}
