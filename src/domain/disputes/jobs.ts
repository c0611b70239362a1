import { z } from 'zod';
import type { Context } from '#context.ts';
import type { JobDefinition } from '#platform/queue/queue.ts';

export const sweepDisputesJob: JobDefinition<object, Context> = {
  name: 'sweep-disputes',
  parse: (data) => z.object({}).parse(data),
  maxAttempts: 3,
  backoffSeconds: 60,
  timeLimitSeconds: 240,
  schedule: '41 3 * * *',
  async run(ctx) {
    const { sweepDisputes } = await import('./sweep-disputes.ts');
    await sweepDisputes(ctx);
  },
};
