import { and, desc, eq, ilike, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context, Locale, Role } from '#context.ts';
import { requireAdmin } from './require-account.ts';
import { users } from './tables.ts';

export interface AccountSummary {
  userId: string;
  name: string;
  email: string;
  emailVerified: boolean;
  role: Role;
  locale: Locale;
  suspendedAt: Date | null;
  createdAt: Date;
}

const MAX_PAGE = 200;
const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** Accounts for the operator, the newest first. `search` is a part of the name or the address. */
export async function listAccounts(
  ctx: Context,
  input: { search?: string; role?: Role | null; after?: string | null; limit: number },
): Promise<{ accounts: AccountSummary[]; next: string | null }> {
  requireAdmin(ctx);
  const limit = Math.min(Math.max(input.limit, 1), MAX_PAGE);
  const rows = await ctx.db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      emailVerified: users.emailVerified,
      role: users.role,
      locale: users.locale,
      suspendedAt: users.suspendedAt,
      createdAt: users.createdAt,
    })
    .from(users)
    .where(
      and(searchCondition(input.search ?? ''), roleCondition(input.role), afterCursor(input.after ?? null)),
    )
    .orderBy(desc(users.createdAt), desc(users.id))
    .limit(limit + 1);
  const accounts = rows.slice(0, limit);
  const last = accounts.at(-1);
  const next = rows.length > limit && last ? `${last.createdAt.toISOString()}_${last.userId}` : null;
  return { accounts, next };
}

function searchCondition(search: string): SQL | undefined {
  const text = search.trim().slice(0, 120).replaceAll('\0', '');
  if (text === '') return undefined;
  const pattern = `%${text.replace(/[\\%_]/gu, '\\$&')}%`;
  return or(ilike(users.name, pattern), ilike(users.email, pattern));
}

function roleCondition(role: Role | null | undefined): SQL | undefined {
  return role ? eq(users.role, role) : undefined;
}

function afterCursor(cursor: string | null): SQL | undefined {
  const parsed = cursorSchema.safeParse(cursor?.split('_'));
  if (!parsed.success) return undefined;
  const [createdAt, userId] = parsed.data;
  return sql`(${users.createdAt}, ${users.id}) < (${createdAt}::timestamptz, ${userId})`;
}
