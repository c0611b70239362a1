import { and, desc, eq, gt } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { createAuth } from './auth.ts';
import { requireAccount } from './require-account.ts';
import { sessions } from './tables.ts';
import { endSessions } from './write-user.ts';

export interface OpenSession {
  id: string;
  createdAt: Date;
  /** As the browser names itself, to be shown as text. */
  userAgent: string | null;
  current: boolean;
}

const MAX_SESSIONS = 50;

/** The signed-in person's open sessions, the newest first. */
export async function listSessions(ctx: Context, headers: Headers): Promise<OpenSession[]> {
  const { userId } = requireAccount(ctx);
  const currentId = await currentSessionId(ctx, headers);
  const rows = await ctx.db
    .select({ id: sessions.id, createdAt: sessions.createdAt, userAgent: sessions.userAgent })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, ctx.clock.now())))
    .orderBy(desc(sessions.createdAt))
    .limit(MAX_SESSIONS);
  return rows.map((row) => ({ ...row, current: row.id === currentId }));
}

/** Ends one own session. Throws not-found for anybody else's. */
export async function revokeSession(ctx: Context, input: { sessionId: string }): Promise<void> {
  const { userId } = requireAccount(ctx);
  const ended = await ctx.db
    .delete(sessions)
    .where(and(eq(sessions.id, input.sessionId), eq(sessions.userId, userId)))
    .returning({ id: sessions.id });
  if (ended.length === 0) throw new DomainError('not-found', { public: { key: 'accounts.sessionNotFound' } });
}

/** Ends every own session but the one of these headers. */
export async function revokeOtherSessions(ctx: Context, headers: Headers): Promise<void> {
  const { userId } = requireAccount(ctx);
  await endSessions(ctx, userId, await currentSessionId(ctx, headers));
}

async function currentSessionId(ctx: Context, headers: Headers): Promise<string | undefined> {
  const found = await createAuth(ctx).api.getSession({ headers });
  return found?.session.id;
}
