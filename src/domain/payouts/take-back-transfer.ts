import { and, eq, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { isDomainError } from '#platform/errors.ts';
import { postMovement } from '../ledger/post-movement.ts';
import { transferReversals, transfers } from './tables.ts';
import { accountOf, debtOf, isReversalTooOld, newReversalKey, type TransferStep } from './transfer.ts';

type TakeBack = Extract<TransferStep, { kind: 'take-back' }>;

/**
 * Asks the provider for a part of a transfer back. Where the seller's balance is too low, or the provider refuses, the part
 * becomes a debt. Safe to run twice and after a crash: a reversal whose answer was lost for long is looked for, and else asked
 * for under another key at the next run. Throws 'unavailable' while the provider is down.
 */
export async function takeBackTransfer(ctx: Context, step: TakeBack): Promise<'reversed' | 'debt' | 'later'> {
  const { transfer, reversal } = step;
  const { amountCents, idempotencyKey } = reversal;
  const named = { transferId: transfer.transferId ?? '', idempotencyKey };
  const tooOld = isReversalTooOld(reversal, ctx.clock.now());
  const found = tooOld ? await ctx.payments.findReversal(named) : null;
  if (tooOld && !found) {
    await renewKey(ctx, reversal);
    return 'later';
  }
  const reversalId = found?.reversalId ?? (await ask(ctx, { ...named, amountCents }, reversal.id));
  await inTransaction(ctx, (tx) => keepAnswer(tx, step, reversalId));
  return reversalId === null ? 'debt' : 'reversed';
}

async function ask(
  ctx: Context,
  wish: Parameters<Context['payments']['reverseTransfer']>[0],
  id: string,
): Promise<string | null> {
  try {
    const answer = await ctx.payments.reverseTransfer(wish);
    return answer.outcome === 'reversed' ? answer.reversalId : null;
  } catch (error) {
    if (!isDomainError(error) || error.code === 'unavailable') throw error;
    ctx.log.error({ reversalId: id, code: error.code, error }, 'a reversal was refused');
    return null;
  }
}

async function renewKey(ctx: Context, { id, idempotencyKey }: TakeBack['reversal']): Promise<void> {
  await ctx.db
    .update(transferReversals)
    .set({ idempotencyKey: newReversalKey(id, ctx.clock.now()) })
    .where(and(eq(transferReversals.id, id), eq(transferReversals.idempotencyKey, idempotencyKey)));
}

async function keepAnswer(
  tx: Context,
  { transfer, reversal }: TakeBack,
  reversalId: string | null,
): Promise<void> {
  const moved = await tx.db
    .update(transferReversals)
    .set({ state: reversalId === null ? 'debt' : 'reversed', reversalId, updatedAt: tx.clock.now() })
    .where(and(eq(transferReversals.id, reversal.id), eq(transferReversals.state, 'sending')))
    .returning({ id: transferReversals.id });
  if (moved.length === 0) return;
  const { amountCents } = reversal;
  if (reversalId !== null) {
    await tx.db
      .update(transfers)
      .set({ reversedCents: sql`${transfers.reversedCents} + ${amountCents}` })
      .where(eq(transfers.id, transfer.id));
  }
  const from = { kind: 'provider' as const, owner: tx.payments.name, currency: transfer.currency };
  await postMovement(tx, {
    uniqueKey: `${reversalId === null ? 'debt' : 'transfer-reversed'}/${reversal.id}`,
    kind: reversalId === null ? 'debt' : 'transfer-reversed',
    orderId: transfer.orderId,
    happenedAt: tx.clock.now(),
    entries: [
      { account: accountOf(transfer), amount: -amountCents },
      { account: reversalId === null ? debtOf(transfer) : from, amount: amountCents },
    ],
  });
}
