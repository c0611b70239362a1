import { z } from 'zod';
import type { Context } from '#context.ts';
import type { JobDefinition } from '#platform/queue/queue.ts';
import { SEND_EVIDENCE } from './job-names.ts';

export const sendEvidenceJob: JobDefinition<{ disputeId: string }, Context> = {
  name: SEND_EVIDENCE,
  parse: (data) => z.object({ disputeId: z.string().min(1).max(200) }).parse(data),
  maxAttempts: 8,
  backoffSeconds: 10,
  timeLimitSeconds: 120,
  async run(ctx, data) {
    const { sendEvidence } = await import('./send-evidence.ts');
    await sendEvidence(ctx, data);
  },
};

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
