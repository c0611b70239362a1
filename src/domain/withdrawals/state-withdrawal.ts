import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { limitAttempts, limitClient } from '../accounts/limit-attempts.ts';
import { hashPassword } from '../accounts/write-user.ts';
import { orders } from '../orders/tables.ts';
import { takeStatement } from './take-statement.ts';
import { statementFields } from './withdraw-from-order.ts';
import { postUnmatchedMail } from './withdrawal-email.ts';

export const stateWithdrawalInput = z.object({
  orderNumber: z
    .string()
    .trim()
    .min(4, 'withdrawals.numberWrong')
    .max(40, 'withdrawals.numberWrong')
    .transform((number) => number.toUpperCase().replaceAll(/\s/g, '')),
  ...statementFields,
});

/** Whether the fields are such as a statement needs, before it is confirmed. Throws 'bad-input'. */
export function checkStatement(input: z.input<typeof stateWithdrawalInput>): void {
  parseInput(stateWithdrawalInput, input);
}

/**
 * Leaves a contract by the number and the e-mail address of its order. The answer is the same whether the two belong together
 * or not; the mail tells. Throws 'rate-limited'.
 */
export async function stateWithdrawal(
  ctx: Context,
  input: z.input<typeof stateWithdrawalInput>,
): Promise<{ receivedAt: Date }> {
  const { orderNumber, name, email, client } = parseInput(stateWithdrawalInput, input);
  await limitClient(ctx, client, { key: 'withdrawal', max: 30, windowSeconds: 3600 });
  const address = email.toLowerCase();
  await limitAttempts(ctx, { key: `withdrawal/address/${address}`, max: 5, windowSeconds: 3600 });
  // Far slower than all that follows: the time taken does not tell a known pair from an unknown one.
  await hashPassword(ctx, ctx.random.token(16));
  const receivedAt = ctx.clock.now();
  await inTransaction(ctx, async (tx) => {
    const order = await findOrder(tx, orderNumber, address);
    const taken = order && (await takeStatement(tx, { orderId: order.id, name, email }));
    if (!taken && (await knowsAddress(tx, address))) {
      await postUnmatchedMail(tx, { email, orderNumber, receivedAt });
    }
  });
  return { receivedAt };
}

async function findOrder(tx: Context, number: string, address: string): Promise<{ id: string } | null> {
  const [order] = await tx.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.number, number), eq(sql`lower(${orders.email})`, address)));
  return order ?? null;
}

/** Nobody is written to who never bought here. */
async function knowsAddress(tx: Context, address: string): Promise<boolean> {
  const [order] = await tx.db
    .select({ id: orders.id })
    .from(orders)
    .where(eq(sql`lower(${orders.email})`, address))
    .orderBy(desc(orders.createdAt))
    .limit(1);
  return order !== undefined;
}
