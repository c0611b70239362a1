import { createHash } from 'node:crypto';
import { eq, lt, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { attemptCounters } from './tables.ts';

interface AttemptLimit {
  /** What is counted and for whom: 'sign-in/account/anne@example.org'. */
  key: string;
  max: number;
  windowSeconds: number;
}

/** Counts one more attempt, at once for all processes. Throws rate-limited past `max` within the window. */
export async function limitAttempts(ctx: Context, limit: AttemptLimit): Promise<void> {
  const now = ctx.clock.now();
  const windowEndsAt = new Date(now.getTime() + limit.windowSeconds * 1000);
  const nowText = now.toISOString();
  const [counter] = await ctx.db
    .insert(attemptCounters)
    .values({ key: digest(limit.key), attempts: 1, windowEndsAt })
    .onConflictDoUpdate({
      target: attemptCounters.key,
      set: {
        attempts: sql`case when ${attemptCounters.windowEndsAt} <= ${nowText}::timestamptz then 1 else ${attemptCounters.attempts} + 1 end`,
        windowEndsAt: sql`case when ${attemptCounters.windowEndsAt} <= ${nowText}::timestamptz then excluded.window_ends_at else ${attemptCounters.windowEndsAt} end`,
      },
    })
    .returning();
  if (!counter || counter.attempts <= limit.max) return;
  const minutes = Math.max(1, Math.ceil((counter.windowEndsAt.getTime() - now.getTime()) / 60_000));
  throw new DomainError('rate-limited', { public: { key: 'accounts.tooManyAttempts', values: { minutes } } });
}

/** The same for one network client. An address that nobody could tell is not counted: all such would share one count. */
export async function limitClient(ctx: Context, client: string, limit: AttemptLimit): Promise<void> {
  if (client !== '') await limitAttempts(ctx, { ...limit, key: `${limit.key}/client/${client}` });
}

/** Forgets the attempts of one key: the right password was given. Windows that are over go with it. */
export async function clearAttempts(ctx: Context, key: string): Promise<void> {
  await ctx.db.delete(attemptCounters).where(eq(attemptCounters.key, digest(key)));
  await ctx.db.delete(attemptCounters).where(lt(attemptCounters.windowEndsAt, ctx.clock.now()));
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
