import { z } from 'zod';
import type { Context } from '#context.ts';
import type { JobDefinition } from '#platform/queue/queue.ts';
import { SETTLE_ORDER } from '../orders/job-names.ts';

const settleOrderJob: JobDefinition<{ orderId: string }, Context> = {
  name: SETTLE_ORDER,
  parse: (data) => z.object({ orderId: z.uuid() }).parse(data),
  maxAttempts: 10,
  backoffSeconds: 5,
  timeLimitSeconds: 300,
  async run(ctx, data) {
    await (await import('./settle-order.ts')).settleOrder(ctx, data);
  },
};

const sweepSettlementsJob: JobDefinition<object, Context> = {
  name: 'sweep-settlements',
  parse: (data) => z.object({}).parse(data),
  maxAttempts: 2,
  backoffSeconds: 5,
  timeLimitSeconds: 900,
  schedule: '*/5 * * * *',
  async run(ctx) {
    await (await import('./sweep-settlements.ts')).sweepSettlements(ctx);
  },
};

export const payoutsJobs = [settleOrderJob, sweepSettlementsJob] as const;
