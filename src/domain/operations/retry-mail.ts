import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireAdmin } from '#domain/accounts/require-account.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { parseInput } from '#platform/parse-input.ts';

const mailSchema = z.object({ mailId: z.uuid() });

/** Puts a failed or dropped mail back in the line; 'gone' when it is in no such state any more. */
export async function retryMail(
  ctx: Context,
  input: z.input<typeof mailSchema>,
): Promise<'retried' | 'gone'> {
  requireAdmin(ctx);
  const { mailId } = parseInput(mailSchema, input);
  if (!(await ctx.mail.retry(mailId))) return 'gone';
  await recordAudit(ctx, { action: 'mails.retry', subjectKind: 'mail', subjectId: mailId });
  return 'retried';
}
