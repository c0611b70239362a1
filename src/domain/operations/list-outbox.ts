import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireAdmin } from '#domain/accounts/require-account.ts';
import type { OutboxMail } from '#platform/mail/mail.ts';
import { parseInput } from '#platform/parse-input.ts';

const listOutboxSchema = z.object({
  state: z.enum(['waiting', 'sent', 'kept', 'failed', 'dropped']).optional(),
  /** `next` of the page before. */
  before: z.coerce.date().optional(),
  limit: z.number().int().min(1).max(100).default(50),
});

/** Mails of the outbox, newest first, and how they leave: 'kept' when no transport is configured. */
export async function listOutbox(
  ctx: Context,
  input: z.input<typeof listOutboxSchema>,
): Promise<{ transport: 'smtp' | 'resend' | 'kept'; mails: OutboxMail[]; next: string | null }> {
  requireAdmin(ctx);
  const query = parseInput(listOutboxSchema, input);
  const mails = await ctx.mail.listOutbox(query);
  const last = mails.at(-1);
  const next = mails.length === query.limit && last ? last.createdAt.toISOString() : null;
  return { transport: ctx.mail.transport, mails, next };
}
