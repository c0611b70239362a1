import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireAdmin } from '#domain/accounts/require-account.ts';
import { parseInput } from '#platform/parse-input.ts';
import type { DeadJob, QueueCounts } from '#platform/queue/queue.ts';

const getQueueStateSchema = z.object({
  after: z.uuid().optional(),
  limit: z.number().int().min(1).max(100).default(50),
});

/** The queue as the operator sees it: a line per kind of job, and the jobs that failed their last attempt. */
export async function getQueueState(
  ctx: Context,
  input: z.input<typeof getQueueStateSchema>,
): Promise<{ counts: QueueCounts[]; dead: DeadJob[]; next: string | null }> {
  requireAdmin(ctx);
  const { after, limit } = parseInput(getQueueStateSchema, input);
  const [counts, dead] = await Promise.all([ctx.queue.counts(), ctx.queue.listDead({ limit, after })]);
  return { counts, dead, next: dead.length === limit ? (dead.at(-1)?.id ?? null) : null };
}
