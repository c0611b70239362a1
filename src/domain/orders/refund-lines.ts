import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { requireManager } from '../accounts/require-manager.ts';
import { askRefund } from './ask-refund.ts';
import { findSpared } from './disputed-money.ts';
import type { RefundState } from './refund.ts';
import { sendRefund } from './send-refund.ts';

const refundPart = z.object({ lineId: z.uuid(), amountCents: z.int().min(1).max(2_147_483_647) });

export const refundLinesInput = z.object({
  orderId: z.uuid(),
  lines: z.union([
    z.literal('all'),
    z
      .array(refundPart)
      .min(1)
      .max(1_000)
      .refine((parts) => new Set(parts.map((part) => part.lineId)).size === parts.length),
  ]),
  cause: z.enum(['goodwill', 'withdrawal', 'photo-gone', 'fraud-warning']),
  note: z.string().trim().max(500).optional(),
  /** Of the form that asks: sent twice, it asks once. */
  requestId: z.uuid().optional(),
});

export interface RefundOutcome {
  refundId: string;
  amountCents: number;
  /** `asked`: the provider gave no answer yet and is asked again within minutes, under the same key. */
  state: RefundState;
}

/**
 * Gives a buyer money back, whole lines or parts of them. For the operator, the system, and a seller's managers for
 * lines of their own events, out of goodwill. Stored with its key before the provider is called. Throws 'forbidden', 'not-found', and 'conflict'
 * for more than was paid, for what a bank took or may take by a dispute, and for an order not paid.
 */
export async function refundLines(
  ctx: Context,
  input: z.input<typeof refundLinesInput>,
): Promise<RefundOutcome> {
  const sellerId = await sellerOf(ctx);
  const { orderId, lines, cause, note, requestId } = parseInput(refundLinesInput, input);
  if (sellerId !== null && cause !== 'goodwill') throw forbidden();
  const spared = sellerId === null ? await findSpared(ctx, orderId) : new Set<string>();
  const wanted = { orderId, lines, cause, note: note || null, sellerId, requestId, spared };
  const refund = await inTransaction(ctx, (tx) => askRefund(tx, wanted));
  const state = await sendRefund(ctx, { refundId: refund.id });
  return { refundId: refund.id, amountCents: refund.amountCents, state };
}

/** Null for those who may refund every line. */
async function sellerOf(ctx: Context): Promise<string | null> {
  const { actor } = ctx;
  if (actor.kind === 'system') return null;
  if (actor.kind === 'account' && actor.role === 'ADMIN') return null;
  return (await requireManager(ctx)).organisationId;
}

function forbidden(): DomainError {
  return new DomainError('forbidden', { public: { key: 'orders.forbidden' } });
}
