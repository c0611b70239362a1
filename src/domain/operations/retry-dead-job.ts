import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireAdmin } from '#domain/accounts/require-account.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { parseInput } from '#platform/parse-input.ts';

const jobSchema = z.object({ jobId: z.uuid() });

/** Puts a dead job back at its first attempt; 'gone' when somebody was faster. */
export async function retryDeadJob(
  ctx: Context,
  input: z.input<typeof jobSchema>,
): Promise<'retried' | 'gone'> {
  requireAdmin(ctx);
  const { jobId } = parseInput(jobSchema, input);
  if (!(await ctx.queue.retryDead(jobId))) return 'gone';
  await recordAudit(ctx, { action: 'jobs.retry', subjectKind: 'job', subjectId: jobId });
  return 'retried';
}
