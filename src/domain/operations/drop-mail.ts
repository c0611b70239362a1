import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireAdmin } from '#domain/accounts/require-account.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { parseInput } from '#platform/parse-input.ts';

const mailSchema = z.object({ mailId: z.uuid() });

/** Takes a mail that was not sent out of the line for good; 'gone' when it is in no such state any more. */
export async function dropMail(ctx: Context, input: z.input<typeof mailSchema>): Promise<'dropped' | 'gone'> {
  requireAdmin(ctx);
  const { mailId } = parseInput(mailSchema, input);
  if (!(await ctx.mail.drop(mailId))) return 'gone';
  await recordAudit(ctx, { action: 'mails.drop', subjectKind: 'mail', subjectId: mailId });
  return 'dropped';
}
