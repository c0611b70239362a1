import { z } from 'zod';
import type { Context } from '#context.ts';
import { SETTLE_WITHDRAWAL } from '#domain/orders/job-names.ts';
import type { JobDefinition } from '#platform/queue/queue.ts';

const ofOrder = z.object({ orderId: z.uuid() });

export const settleWithdrawalJob: JobDefinition<{ orderId: string }, Context> = {
  name: SETTLE_WITHDRAWAL,
  parse: (data) => ofOrder.parse(data),
  maxAttempts: 10,
  backoffSeconds: 5,
  timeLimitSeconds: 60,
  async run(ctx, data) {
    const { settleWithdrawal } = await import('./settle-withdrawal.ts');
    await settleWithdrawal(ctx, data);
  },
};
