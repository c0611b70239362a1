import { and, eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { isDomainError } from '#platform/errors.ts';
import { postMovement } from '../ledger/post-movement.ts';
import { transfers } from './tables.ts';
import { accountOf, isKeyTooOld, type TransferStep } from './transfer.ts';

/**
 * Asks the provider for a transfer that was written down, and keeps what came of it. Safe to run twice and after a crash: the
 * key is the same until it was refused, or is so old that it is only looked for. Throws 'unavailable' while the provider is
 * down.
 */
export async function sendTransfer(
  ctx: Context,
  { transfer, accountId, intentId, outOf }: Extract<TransferStep, { kind: 'send' }>,
): Promise<'sent' | 'refused'> {
  const { idempotencyKey, sentCents: amountCents, currency } = transfer;
  if (idempotencyKey === null) throw new Error(`the transfer ${transfer.id} has no key`);
  const wish = { intentId, outOf, destinationId: accountId, amountCents, currency, idempotencyKey };
  const made = isKeyTooOld(transfer, ctx.clock.now()) ? null : await ask(ctx, wish, transfer.id);
  // A refusal may be of the second question: the first one went to an account that the seller has left since.
  const known = made ?? (await ctx.payments.findTransfer({ intentId, idempotencyKey }));
  if (known) {
    await keepSent(ctx, transfer, known.transferId);
    return 'sent';
  }
  await keepRefused(ctx, idempotencyKey);
  return 'refused';
}

async function ask(
  ctx: Context,
  wish: Parameters<Context['payments']['transfer']>[0],
  id: string,
): Promise<{ transferId: string } | null> {
  try {
    return await ctx.payments.transfer(wish);
  } catch (error) {
    if (!isDomainError(error) || error.code === 'unavailable') throw error;
    ctx.log.error({ transferId: id, code: error.code, error }, 'a transfer was refused');
    return null;
  }
}

async function keepSent(
  ctx: Context,
  transfer: Extract<TransferStep, { kind: 'send' }>['transfer'],
  transferId: string,
): Promise<void> {
  const { id, orderId, sentCents, idempotencyKey, currency } = transfer;
  await inTransaction(ctx, async (tx) => {
    const moved = await tx.db
      .update(transfers)
      .set({ state: 'sent', transferId, updatedAt: tx.clock.now() })
      .where(isStillSending(idempotencyKey ?? ''))
      .returning({ id: transfers.id });
    if (moved.length === 0) return;
    await postMovement(tx, {
      uniqueKey: `transfer/${id}`,
      kind: 'transfer',
      orderId,
      happenedAt: tx.clock.now(),
      entries: [
        { account: accountOf(transfer), amount: sentCents },
        { account: { kind: 'provider', owner: tx.payments.name, currency }, amount: -sentCents },
      ],
    });
  });
}

/** The provider keeps a refusal under its key, or nothing any more: the next try has another one. */
async function keepRefused(ctx: Context, idempotencyKey: string): Promise<void> {
  await ctx.db
    .update(transfers)
    .set({ state: 'held', sentCents: 0, idempotencyKey: null, updatedAt: ctx.clock.now() })
    .where(isStillSending(idempotencyKey));
}

function isStillSending(idempotencyKey: string) {
  return and(eq(transfers.idempotencyKey, idempotencyKey), eq(transfers.state, 'sending'));
}
