import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireAdmin } from '#domain/accounts/require-account.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { parseInput } from '#platform/parse-input.ts';

const jobSchema = z.object({ jobId: z.uuid() });

/** Forgets a dead job for good; 'gone' when somebody was faster. */
export async function dropDeadJob(
  ctx: Context,
  input: z.input<typeof jobSchema>,
): Promise<'dropped' | 'gone'> {
  requireAdmin(ctx);
  const { jobId } = parseInput(jobSchema, input);
  if (!(await ctx.queue.dropDead(jobId))) return 'gone';
  await recordAudit(ctx, { action: 'jobs.drop', subjectKind: 'job', subjectId: jobId });
  return 'dropped';
}
