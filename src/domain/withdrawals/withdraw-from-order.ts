import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { limitAttempts, limitClient } from '../accounts/limit-attempts.ts';
import { getOrderRow } from './get-withdrawal.ts';
import type { WithdrawalRow } from './read-withdrawable.ts';
import { takeStatement } from './take-statement.ts';

export const statementFields = {
  name: z.string().trim().min(1, 'withdrawals.nameNeeded').max(200),
  email: z.string().trim().max(254).pipe(z.email('withdrawals.emailWrong')),
  /** What one network client is counted by. */
  client: z.string().max(100).default(''),
};

export const withdrawFromOrderInput = z.object({ secret: z.string().max(100), ...statementFields });

/** The holder of an order's link leaves the contract. Throws 'not-found', 'rate-limited', and 'conflict' where no withdrawal exists. */
export async function withdrawFromOrder(
  ctx: Context,
  input: z.input<typeof withdrawFromOrderInput>,
): Promise<WithdrawalRow> {
  const { secret, name, email, client } = parseInput(withdrawFromOrderInput, input);
  await limitClient(ctx, client, { key: 'withdrawal', max: 30, windowSeconds: 3600 });
  const { id: orderId } = await getOrderRow(ctx, secret);
  await limitAttempts(ctx, { key: `withdrawal/order/${orderId}`, max: 5, windowSeconds: 3600 });
  const taken = await inTransaction(ctx, (tx) => takeStatement(tx, { orderId, name, email }));
  if (!taken) throw new DomainError('conflict', { public: { key: 'withdrawals.none' } });
  return taken;
}
