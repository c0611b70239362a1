import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireAdmin, requireOrganisation } from '#domain/accounts/require-account.ts';
import { parseInput } from '#platform/parse-input.ts';
import { photos } from '../photos/tables.ts';
import type { CreditEntry } from './credits.ts';
import { creditEntries } from './tables.ts';

export const listCreditEntriesSchema = z.object({
  /** Of another organisation: for operators alone. */
  organisationId: z.uuid().optional(),
  /** The id of the last entry of the page before. */
  after: z.uuid().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

/** The credits' movements of the actor's organisation, or for operators of any, newest first. */
export async function listCreditEntries(
  ctx: Context,
  input: z.input<typeof listCreditEntriesSchema>,
): Promise<{ entries: CreditEntry[]; next: string | null }> {
  const {
    after,
    limit,
    organisationId = requireOrganisation(ctx).organisationId,
  } = parseInput(listCreditEntriesSchema, input);
  if (input.organisationId !== undefined) requireAdmin(ctx);
  const older = after
    ? sql`(${creditEntries.createdAt}, ${creditEntries.id}) < (select e.created_at, e.id from credit_entries e where e.id = ${after} and e.organisation_id = ${organisationId})`
    : undefined;
  const found = await ctx.db
    .select({
      id: creditEntries.id,
      kind: creditEntries.kind,
      credits: creditEntries.credits,
      photoId: creditEntries.photoId,
      photo: { eventId: photos.eventId, fileName: photos.fileName },
      reason: creditEntries.reason,
      createdAt: creditEntries.createdAt,
    })
    .from(creditEntries)
    .leftJoin(photos, eq(photos.id, creditEntries.photoId))
    .where(and(eq(creditEntries.organisationId, organisationId), older))
    .orderBy(desc(creditEntries.createdAt), desc(creditEntries.id))
    .limit(limit + 1);
  const entries = found.slice(0, limit);
  return { entries, next: found.length > limit ? (entries.at(-1)?.id ?? null) : null };
}
