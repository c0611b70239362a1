import { and, asc, eq, ilike, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireAdmin } from '#domain/accounts/require-account.ts';
import { organisations } from '#domain/accounts/tables.ts';
import { parseInput } from '#platform/parse-input.ts';
import { WELCOME_CREDITS } from './credits.ts';
import { creditBalances } from './tables.ts';

export const listCreditBalancesInput = z.object({
  /** Part of the organisation's name. */
  search: z.string().trim().max(100).default(''),
  /** The last organisation of the page before. */
  after: z.uuid().optional(),
  limit: z.int().min(1).max(200).default(50),
});

export interface OrganisationCredits {
  organisationId: string;
  name: string;
  credits: number;
}

/** What every organisation has left, by name; for operators. One that never looked has its welcome grant before it. */
export async function listCreditBalances(
  ctx: Context,
  input: z.input<typeof listCreditBalancesInput>,
): Promise<{ organisations: OrganisationCredits[]; next: string | null }> {
  requireAdmin(ctx);
  const { search, after, limit } = parseInput(listCreditBalancesInput, input);
  const like = search.replaceAll(/[\\%_]/gu, '\\$&');
  const found = await ctx.db
    .select({
      organisationId: organisations.id,
      name: organisations.name,
      credits: sql<number>`coalesce(${creditBalances.credits}, ${WELCOME_CREDITS}::int)`,
    })
    .from(organisations)
    .leftJoin(creditBalances, eq(creditBalances.organisationId, organisations.id))
    .where(
      and(
        like ? ilike(organisations.name, `%${like}%`) : undefined,
        after
          ? sql`(${organisations.name}, ${organisations.id}) > (select o.name, o.id from organisations o where o.id = ${after})`
          : undefined,
      ),
    )
    .orderBy(asc(organisations.name), asc(organisations.id))
    .limit(limit + 1);
  const page = found.slice(0, limit);
  return { organisations: page, next: found.length > limit ? (page.at(-1)?.organisationId ?? null) : null };
}
